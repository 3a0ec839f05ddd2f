"""Checks at compile time."""
from cython.meta import macro, comptime


@comptime
def check(n):
    if n < 0:
        raise ValueError(f"{n} is negative")


@macro
def positive(n):
    check(n)
    return n
