# What is wrong in a module that is imported is told of once, and not where it is used.
import tables
from tables import b, c


def f(x):
    return b(1), b(2), c(x), tables.b(4), tables.c(4)
