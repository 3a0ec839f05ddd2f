"""A module that its package hides behind a function."""
from cython.meta import macro

total = 0


def hidden():
    global total
    total += 1
    return "counted"


@macro
def peek():
    return total
