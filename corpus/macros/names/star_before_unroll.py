# A star import before the module's own @unroll function: what runs in between has the other one.
from math import *

from uneval.meta import unroll


def f(x):
    return sqrt(x)


print(f(4))


@unroll
def sqrt(x):
    return ("own", x)


print(f(4))
