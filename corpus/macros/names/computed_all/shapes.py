"""The list of what a star brings is computed, of names of macros too."""
from cython.meta import macro

__all__ = "half area".split()
__all__ += ["twice"]
TITLES = {"twice": 2, "halves": 3}


@macro
def half(x):
    return x / 2


@macro
def twice(x):
    return x * 2


def area(r):
    return 3 * r * r
