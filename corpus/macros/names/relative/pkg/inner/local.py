"""A macro beside its user."""
from cython.meta import macro


@macro
def minus(x, y):
    return x - y
