from cython.meta import macro


@macro
def m(x):
    return ("m", x)


first = m(1)


def f(x):
    return m(x)


@macro
def k(x):
    return m(x)
