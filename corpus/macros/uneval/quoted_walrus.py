# An assignment expression in quoted code: its target is a new name, clear of the call site's.
from cython.meta import macro, uneval


@macro
def squared(x):
    return uneval((kept := x) * kept)


def f(read, kept):
    return squared(read()) + kept


print(f(lambda: 3, 1))
