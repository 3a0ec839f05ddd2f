from cython.meta import macro


@macro
def a(x):
    return x +


@macro
def b(x):
    return x
