# `gensym` gives names that nothing else in the file has.
from cython.meta import macro, uneval, codenode, gensym, WALRUS, VAR, TUPLE


@macro
def kept(x):
    name = gensym("n")
    return codenode(TUPLE, [codenode(WALRUS, [codenode(VAR, name=name), uneval(x)]), codenode(VAR, name=name)])


def f(n, _n):
    return kept(n()), kept(_n())
