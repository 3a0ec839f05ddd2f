from cython.meta import macro
from . import a
print("b")


def bh(x):
    return ("bh", x)


@macro
def bm(x):
    return (bh(x), a.ah(x), a.am(x))
