# The macro's own global is shadowed where the macro is called.
from cython.meta import macro

offset = 100


@macro
def moved(x):
    return x + offset


def f(offset):
    return moved(offset)
