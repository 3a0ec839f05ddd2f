# What goes wrong in rounds is said once, at what the user wrote.
from cython.meta import comptime, macro, unroll


@macro
def checked(x, n):
    if n > 1:
        raise ValueError(f"too much: {n}")
    return x


def f(x):
    for i in unroll(range(4)):
        if comptime(i != 0):
            print(checked(x, i))
    for i in unroll(range(3)):
        if comptime(1 // i):
            print(i)
    for i in unroll(5):
        print(i)
    if comptime(undefined):
        print(checked(x, 7))
    else:
        print(checked(x, 8))
    print(checked(x, 9))
