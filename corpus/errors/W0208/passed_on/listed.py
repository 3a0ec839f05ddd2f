"""Says what it passes on."""
from cython.meta import macro
from tools import double, half

__all__ = ["half"]


@macro
def third(x):
    return x / 3
