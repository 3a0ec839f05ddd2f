"""The second half."""
from cython.meta import macro
from first import a


@macro
def b(x):
    return a(0)
