"""Macros that decide."""
from cython.meta import macro


@macro
def choose(flag, x):
    return decide(flag) and x


@macro
def decide(flag):
    if flag:
        return True
    return False


@macro
def double(x):
    return x + x
