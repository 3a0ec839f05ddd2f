# What exists at compile time is nothing for a macro to take.
from cython.meta import macro, comptime, unroll, uneval


@macro
def same(function):
    return uneval(function)


@same
@macro
def a(x):
    return x


@comptime
@same
def b():
    return 1


@same
@comptime
class C:
    pass


@same
@unroll
def d(n):
    return n


print(d(1))
