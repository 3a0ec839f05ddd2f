"""Macros besides those of another module."""
from cython.meta import codenode, macro, note, uneval, CALL, VAR
from tools import double, half


@macro
def quarter(x):
    return x / 4


@macro
def called(x):
    """Calls what is called `half` where it is put."""
    return codenode(CALL, [codenode(VAR, name="half"), uneval(x)])
