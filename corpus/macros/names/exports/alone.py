"""Nothing but macros, in a tuple and in a set."""
from cython.meta import macro

__all__ = "only", "one"
names = __all__ = ("only", "two")
__all__ = {"only"}


@macro
def only(x):
    return x


@macro
def one(x):
    return x


two = 2
__all__ = "only", "two"
