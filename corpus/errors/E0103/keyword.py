# A word that was meant as a keyword.
from cython.meta import macro


@macro
def squared(x):
    retrun x * x


dfe cubed(x):
    return x * x * x


x y
