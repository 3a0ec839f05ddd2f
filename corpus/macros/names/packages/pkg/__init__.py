"""A package with a macro of its own."""
from cython.meta import macro


@macro
def here(x):
    return x + 10


VERSION = "1"
