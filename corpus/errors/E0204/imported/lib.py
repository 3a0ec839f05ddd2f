import sys

from cython.meta import macro

if len(sys.argv) > 1:
    from impl import fast
else:
    def fast(x):
        return x


@macro
def twice(x):
    return x + x


def other(x):
    return x
