"""Parts of a definition that another scope takes away from their variables."""

from cython.meta import macro, quote, uneval

k = "global"


@macro
def getter(cls):
    c = uneval(cls)
    value = c.body[-1].value
    with quote as method:
        def get(self):
            return value
    c.body.append(method)
    return c


@macro
def wrapped(fn):
    f = uneval(fn)
    with quote as tree:
        def inner():
            f.body
        return inner()
    f.body = [tree]
    return f


@macro
def split(fn):
    f = uneval(fn)
    first, last = f.body[:-1], f.body[-1]
    with quote as tree:
        def inner():
            first
        inner()
        last
    f.body = tree
    return f


@getter
class A:
    k = 2
    x = k


@wrapped
def up(n):
    n += 1
    return n


@split
def late(n):
    m = n + 1
    return m


print(A.x, A().get(), up(1), late(1))
