# An argument that the macro doesn't use is evaluated all the same.
from cython.meta import macro


@macro
def second(a, b):
    return b


def f(read, x):
    return second(read(), x)
