from cython.meta import macro


@macro
def fast(x):
    return x + 1


def other(x):
    return -x
