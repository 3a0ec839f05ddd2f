"""A macro and a function."""
from cython.meta import macro


@macro
def m(x):
    return x


def plain(x):
    return x
