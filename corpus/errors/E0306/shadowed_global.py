# The macro's own global is shadowed where the macro is called, and may be unbound there.
from cython.meta import macro


@macro
def moved(x):
    return x + offset


def f(offset):
    return moved(offset)


offset = 100
