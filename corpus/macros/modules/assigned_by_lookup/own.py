import sys
from cython.meta import macro
A = B = C = D = 1


def bump():
    setattr(sys.modules[__name__], "A", 2)
    globals()["B"] = 3
    globals().update(C=4)
    exec("global D; D = 5")


@macro
def m(x):
    return (A, B, C, D, x)
