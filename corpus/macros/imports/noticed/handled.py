"""The handler runs."""
from uneval.meta import macro

try:
    from math import no_such_function
except ImportError:
    print("handled")


@macro
def four(x):
    return x + 4
