from cython.meta import macro
__all__ = ["h"]


def h(x):
    return ("h", x)


@macro
def m(x):
    return h(x)


del __all__
