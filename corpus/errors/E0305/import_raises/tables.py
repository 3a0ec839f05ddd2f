from cython.meta import comptime, macro

TABLE = comptime([1 // n for n in range(3)])


@macro
def b(x):
    return x + TABLE[1]


@macro
def c(x):
    return x + len(TABLE)
