# `uneval` and `comptime` take one argument each.
from cython.meta import macro, uneval, comptime


@macro
def m(x):
    return uneval(x, 1)


@macro
def n(x):
    return uneval()


print(m(1), n(1), comptime(), comptime(1, 2))
