from cython.meta import comptime


@comptime
def f():
    from tables import uses_macro

    return uses_macro(3)


print(comptime(f()))
