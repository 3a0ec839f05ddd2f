"""A module below a package."""
from cython.meta import macro

seen = ["a"]


def reset():
    global seen
    seen = ["b", "c"]


@macro
def first(x):
    return seen[0] + x
