import broken
from cython.meta import comptime


@comptime
def f():
    import broken

    return broken.A


@comptime
def g():
    return broken.A


print(comptime(f()), comptime(g()))
