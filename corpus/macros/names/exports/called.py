"""Methods of the list."""
from cython.meta import macro

__all__ = []
__all__.append("plain")
__all__.append("gone")
__all__.extend(["other", "lost"])
__all__.insert(0, "late")
__all__.sort()


def plain(x):
    return x + 1


def late(x):
    return x + 2


def other(x):
    return x + 3


@macro
def gone(x):
    return x + 4


@macro
def lost(x):
    return x + 5
