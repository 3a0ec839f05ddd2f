"""Macros that look at code, one of which says so."""
from cython.meta import macro, uneval


@macro
def name_of(value):
    return str(uneval(value))


@macro
def text_of(value):  # uneval: ignore[W0309, W0310]
    return str(uneval(value))
