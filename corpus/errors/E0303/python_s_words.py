# Calls whose arguments don't bind, in Python's own words.
from cython.meta import macro


@macro
def plain(a, b, c=3):
    return a


@macro
def special(a, /, b, *, key):
    return a


@macro
def none():
    return 1


def f(x, xs, kw):
    plain(x)
    plain()
    plain(x, x, x, x)
    plain(x, a=x)
    plain(x, x, d=x)
    special(a=1, b=2, key=3)
    special(1, 2)
    special(1, 2, 3, key=4)
    none(x)
    plain(*xs)
    plain(x, **kw)
    plain(*[x, *xs])
