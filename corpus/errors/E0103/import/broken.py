"""A module with a mistake."""
from cython.meta import macro

@macro
def m(x)
    return x
