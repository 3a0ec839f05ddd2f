"""A decorator of its own runs."""
from uneval.meta import macro


def announce(f):
    print("decorated")
    return f


@announce
def helper():
    pass


@macro
def one(x):
    return x + 1
