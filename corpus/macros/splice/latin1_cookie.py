# -*- coding: latin-1 -*-
# A file in latin-1: what it can not hold is escaped.
from cython.meta import macro, uneval


@macro
def twice(x):
    return uneval(x + x)


@macro
def euro():
    return "\u20ac caf\xe9"


def f(a):
    é = "ÿ"
    return twice(é), euro(), "£", twice("é")
