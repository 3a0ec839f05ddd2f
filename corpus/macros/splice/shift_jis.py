# coding: shift_jis
# A file in an encoding of several bytes a character: 表示.
from cython.meta import macro, uneval


@macro
def twice(x):
    return uneval(x + x)


def f(名前):
    return twice(名前), "能", twice("\u20ac")
