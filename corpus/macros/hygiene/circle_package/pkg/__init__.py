from cython.meta import macro


def helper(x):
    return ("helper", x)


@macro
def m(x):
    return helper(x)


from .part import f
