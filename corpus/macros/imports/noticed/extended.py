"""The list is another module's."""
from uneval.meta import macro
from record import LINES

LINES += ["extended"]


@macro
def five(x):
    return x + 5
