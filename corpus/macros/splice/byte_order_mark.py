# A byte order mark stays at the start of the file.
from cython.meta import macro, uneval


@macro
def twice(x):
    return uneval(x + x)


def f(a):
    return twice(a), "é"
