# Template strings (Python 3.14) as trees.
from cython.meta import macro, uneval, codenode, VALUE


@macro
def shape(x):
    return codenode(VALUE, [repr(uneval(x))])


@macro
def same(x):
    return uneval(x).eval()


def f(a, b):
    shape(t"text {a!r:>{b}}")
    return same(t"text {a!r:>{b}} {{}} {a + b}")
