# Calls, attributes, indices and slices as trees.
from cython.meta import macro, uneval, codenode, VALUE


@macro
def shape(x):  # uneval: ignore[W0309]
    return codenode(VALUE, [repr(uneval(x))])


def f(a, b, c):
    shape(a.b.c)
    shape(a[b])
    shape(a[b:])
    shape(a[b:c:2])
    shape(a[::, ..., b])
    shape(a[*b, c])
    shape(a())
    shape(a(b, *c, d=1, **b))
    shape(a(x for x in b))
