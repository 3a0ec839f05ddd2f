# `warn` says something, and the output is written all the same.
from cython.meta import macro, uneval, warn


@macro
def checked(x):
    tree = uneval(x)
    if tree.has_effects():
        warn(tree, "this has effects")
    warn("about the call")
    return tree


def f(a):
    return checked(a + a()), checked(1)
