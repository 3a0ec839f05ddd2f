from cython.meta import macro
A = 1


@macro
def m(x):
    return (A, x)
