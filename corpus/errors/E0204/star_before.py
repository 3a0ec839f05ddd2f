from math import *

from uneval.meta import macro


def f(x):
    return sqrt(x)


print(f(4))


@macro
def sqrt(x):
    return ("macro", x)
