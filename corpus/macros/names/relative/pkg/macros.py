"""The package's macros."""
from cython.meta import macro


@macro
def square(x):
    return (lambda v: v * v)(x)


@macro
def add(x, y):
    return x + y
