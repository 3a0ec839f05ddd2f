from cython.meta import macro

print("calc")
from base import n


@macro
def m(x):
    return n(x)
