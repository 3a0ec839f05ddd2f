"""Imports the file that uses its macro, between the macro and what that needs."""
from cython.meta import macro


@macro
def m(x):
    return helper(x)


import between


def helper(x):
    return x + between.VALUE
