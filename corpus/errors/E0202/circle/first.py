"""The first half."""
from cython.meta import macro
from second import b


@macro
def a(x):
    return b(x) if x else 0
