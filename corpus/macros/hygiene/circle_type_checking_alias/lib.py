"""Imports the file for type checkers, and in a function."""
import typing as t
from typing import TYPE_CHECKING as CHECKED
from cython.meta import macro

if t.TYPE_CHECKING:
    from app import Thing
if CHECKED:
    import app


def helper(x: "Thing"):
    from app import Thing
    return Thing.__name__, x


@macro
def m(x):
    return helper(x)
