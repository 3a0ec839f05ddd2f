"""Offers everything but what starts with an underscore."""
from cython.meta import *


@macro
def twice(x):
    return codenode(PLUS, [uneval(x), uneval(x)])


def plain(x):
    return x


LIMIT = 10
