# `comptime(…)` demands that its value is known now.
from cython.meta import comptime

rate = 3


def f(x):
    return comptime(x + 1), comptime(rate * 2), comptime(print(1))
