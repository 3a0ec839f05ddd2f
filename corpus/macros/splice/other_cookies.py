# coding: cp1252
# A file in cp1252, which has the euro sign.
from cython.meta import macro, uneval


@macro
def twice(x):
    return uneval(x + x)


def f(a):
    return twice("€" + a), twice("\u65e5")
