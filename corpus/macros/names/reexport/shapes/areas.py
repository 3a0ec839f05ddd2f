"""Areas."""
from cython.meta import macro


@macro
def rectangle(a, b):
    return a * b


@macro
def unit():
    return 1


def helper():
    return "run time"
