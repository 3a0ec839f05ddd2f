from cython.meta import macro

RATE = 3


@macro
def aid(x):
    return x * 10
