# `eval(share=True)` computes a node that occurs twice once.
from cython.meta import macro, uneval


@macro
def twice(x):
    tree = uneval(x)
    return (tree + tree).eval(share=True)


def f(a):
    return twice(a())
