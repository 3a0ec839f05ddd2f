# The last line ends with the file.
from cython.meta import macro, uneval


@macro
def twice(x):
    return uneval(x + x)


def f(a): return twice(a)