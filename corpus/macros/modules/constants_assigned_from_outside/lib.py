from cython.meta import comptime, macro
SIZE = comptime(3 + 4)
DEPTH = comptime(3)


@macro
def m(x):
    return (SIZE, DEPTH, x)


def f():
    return SIZE
