# Both arguments brought the value in, one of them over two lines, through a helper.
from cython.meta import macro, comptime


@comptime
def larger(a, b):
    return a if a > b else b


@macro
def largest(a, b):
    return larger(a * 2, b)


def f(x, y):
    return largest(x, y + 1), largest(1, x.value(
        2))
