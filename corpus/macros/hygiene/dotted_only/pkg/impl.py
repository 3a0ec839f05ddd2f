from cython.meta import macro


@macro
def double(x):
    return x * 2
