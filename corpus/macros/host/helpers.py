# Macros that call `@comptime` helpers and other macros, in any order of definition.
from cython.meta import macro, comptime


@macro
def outer(x, n):
    return inner(x, scale(n)) + 1


@macro
def inner(x, factor):
    return x * factor


@comptime
def scale(n):
    return fallback(n) if n < 0 else n * 10


@comptime
def fallback(n):
    return -n


@macro
def even(n):
    return True if n == 0 else odd(n - 1)


@macro
def odd(n):
    return False if n == 0 else even(n - 1)


def f(a):
    return outer(a, 2), outer(a, -3), even(10), odd(10)


print(f(1))
