# A macro that takes a definition or block raises; others go on.
from cython.meta import macro, uneval, error, warn


@macro
def raising(function, n):
    tree = uneval(function)
    return tree.body[n]


@macro
def saying(function):
    tree = uneval(function)
    warn(tree, "a warning")
    error(tree.body[0], "no such statement, please")
    return tree


@raising(2)
@raising(1)
def f():
    pass


@saying
class C:
    x = 1


with raising(5):
    pass


@raising(0)
def fine():
    return undefined_macro_is_no_error
