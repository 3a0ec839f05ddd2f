from cython.meta import macro


@macro
def built_in(x):
    return max(x, 0)
