from cython.meta import comptime


@comptime
def f():
    import failing

    return failing.A


print(comptime(f()))
