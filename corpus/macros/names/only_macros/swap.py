#!/usr/bin/env python3
"""A module that holds nothing but macros.

It becomes an empty module.
"""

# Comments stay, too.
from cython.meta import macro

__all__ = ["first"]


# About the macro.
@macro
def first(a, b):
    # Inside the macro.
    return a


# The end.
