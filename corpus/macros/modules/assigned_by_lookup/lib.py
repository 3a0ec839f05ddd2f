from cython.meta import macro
A = B = 1


@macro
def m(x):
    return (A, B, x)
