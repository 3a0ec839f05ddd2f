"""Has a macro, and something for run time."""
from cython.meta import macro


@macro
def double(x):
    return x * 2


def run(x):
    return ("run", x)
