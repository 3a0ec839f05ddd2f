# Each mistake is reported.
from cython.meta import macro


def f(x:
    return x

y = = 3
