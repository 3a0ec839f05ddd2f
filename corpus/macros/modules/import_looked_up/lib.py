from cython.meta import macro
import sys


def __getattr__(name):
    return name


@macro
def m(x):
    return (x, sys.modules[__name__].dyn)
