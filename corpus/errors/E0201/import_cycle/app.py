from cython.meta import comptime


@comptime
def f():
    import one

    return one.A


print(comptime(f()))
