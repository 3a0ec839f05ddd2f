"""Macros about lines."""
from cython.meta import macro


@macro
def line(x, slope, offset):
    return slope * x + offset


def zero(slope, offset):
    return -offset / slope
