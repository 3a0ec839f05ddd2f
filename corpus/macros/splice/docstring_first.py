"""A docstring, then a future import; added imports come after both."""
from __future__ import annotations

from cython.meta import macro, uneval


@macro
def size(x):
    return uneval(len(x))


def f(len):
    return size(len)
