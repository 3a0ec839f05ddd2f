"""Macros besides those of another module."""
from cython.meta import codenode, macro, CALL, VAR
from tools import double, half


@macro
def quarter(x):
    return x / 4


@macro
def called(function):
    return codenode(CALL, [codenode(VAR, name="half"), 3])
