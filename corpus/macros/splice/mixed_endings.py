# Line endings of every kind in one file.
from cython.meta import macro, uneval@macro
def twice(x):
    return uneval(x + x)


def f(a):
    b = a
    c = twice(a)    return c
