from cython.meta import macro


def h(x):
    return ("h", x)


@macro
def dm(x):
    return h(x)
