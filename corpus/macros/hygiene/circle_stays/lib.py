"""Imports the file that uses its macro; so does that file itself."""
from cython.meta import macro
import part


def helper(x):
    return x + part.VALUE


@macro
def m(x):
    return helper(x)
