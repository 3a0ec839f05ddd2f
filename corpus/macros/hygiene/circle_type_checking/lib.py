"""Imports the file for type checkers, and in a function."""
from typing import TYPE_CHECKING
from cython.meta import macro

if TYPE_CHECKING:
    from app import Thing


def helper(x: "Thing"):
    from app import Thing
    return Thing.__name__, x


@macro
def m(x):
    return helper(x)
