"""A function of the library calls what it is given."""
from functools import reduce

from uneval.meta import macro


def announce(a, b):
    print("reduced", a, b)
    return a


TOTAL = reduce(announce, [1, 2])


@macro
def six(x):
    return x + 6
