from compat import comptime, macro

SIZE = comptime(2 + 3)

@macro
def twice(x):
    return x + x
