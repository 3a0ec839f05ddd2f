"""The macros."""
from cython.meta import macro


@macro
def double(x):
    return x + x


@macro
def half(x):
    return x / 2
