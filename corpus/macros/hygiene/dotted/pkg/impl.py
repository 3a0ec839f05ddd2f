from cython.meta import macro


def helper(x):
    return ("helped", x)


@macro
def m(x):
    return helper(x)
