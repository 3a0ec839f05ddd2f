"""Macros, and a function that is none."""
from cython.meta import comptime, macro, uneval


@macro
def traced(function):
    return uneval(function)


@macro
def double(x):
    return x + x


@macro
def half(x):
    return x / 2


@macro
def quarter(x):
    return x / 4


@macro
def third(x):
    return x / 3


@macro
def listed(x):
    return x


@macro
def maybe(x):
    return x


@macro
def kept(x):
    return x


@macro
def noted(x):
    return x


@comptime
def table(n):
    return list(range(n))


def plain(x):
    return x
