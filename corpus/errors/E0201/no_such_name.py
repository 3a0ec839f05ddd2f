# A name that cython.meta doesn't have, imported and as an attribute.
import cython.meta as meta
from cython.meta import macro, unevaluate


@macro
def m(x):
    return meta.codetree(x)


def f(a):
    return m(a)
