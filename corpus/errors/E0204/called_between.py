# A function that is called between two definitions of a macro would call the first.
from cython.meta import comptime, macro


@macro
def m(x):
    return ("first", x)


def f(x):
    return m(x)


print(f(1))


@macro
def m(x):
    return ("second", x)


@macro
def k(x):
    return ("first", x)


def g(x):
    return k(x)


LIMIT = comptime(3)


@macro
def k(x):
    return ("second", x, LIMIT)


print(m(2), g(3))
