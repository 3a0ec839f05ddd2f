"""Lists that are added up, under a condition too."""
import sys

from cython.meta import macro

__all__ = ["first"] + ["second", "third"]
if sys.maxsize > 0:
    __all__ += ("fourth",)
__all__ += ["fifth", "sixth"]


@macro
def first(x):
    return x + 1


def second(x):
    return x + 2


@macro
def third(x):
    return x + 3


@macro
def fourth(x):
    return x + 4


@macro
def fifth(x):
    return x + 5


def sixth(x):
    return x + 6
