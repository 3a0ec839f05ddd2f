# Since Python 3.12 the same quotes may stand inside.
from cython.meta import macro, uneval


@macro
def twice(x):
    return uneval(x + x)


@macro
def key():
    return "it's a \"key\""


def f(a, d):
    return f"{twice("x")}", f"{d["k"]}{twice(d["k"])}", f"{f"{twice(f"{a}")}"}", f"{key()}", f'{key()}', f'''{key()}'''
