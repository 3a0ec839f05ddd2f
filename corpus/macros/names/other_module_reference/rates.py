"""A macro that uses run-time names of its module."""
from math import floor
from cython.meta import macro

RATE = 3


def rounded(x):
    return floor(x * 10) / 10


@macro
def priced(x):
    return rounded(x * RATE)
