"""Imports the file that uses its macro."""
from cython.meta import macro
import between


def helper(x):
    return x


@macro
def m(x):
    return helper(x)
