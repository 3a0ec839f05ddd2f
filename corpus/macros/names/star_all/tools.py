"""Says what a star import brings, macros among it."""
from cython.meta import macro

__all__ = ["first", "plain"]


@macro
def first(a, b):
    return a


def plain(a):
    return a
