"""Macros, imported where they are used."""
from cython.meta import macro


@macro
def plus(x):
    return x + 1


@macro
def minus(x):
    return x - 1
