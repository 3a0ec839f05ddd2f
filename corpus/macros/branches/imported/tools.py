# A macro for the branch that is kept.
from cython.meta import macro


@macro
def thrice(x):
    return x * 3
