"""Functions that check the types of their arguments."""
from typing import Any

from cython.meta import PARAM, STARPARAM, comptime, macro, quote, uneval


@macro
def checked(fn):
    """Raises a TypeError when an argument isn't what its annotation says."""
    f = uneval(fn)
    f.body[:0] = [
        check(p.name, p.op, p.variable, p.annotation)
        for p in f.parameters
        if p.name and p.annotation and p.annotation != uneval(Any)
    ]
    return f


@comptime
def check(name, op, value, kind):
    """The check of one parameter."""
    if op == PARAM:
        with quote as code:
            if not isinstance(value, kind):
                refuse(name, value)
    else:
        values = value if op == STARPARAM else uneval(getattr(value, "values")())
        with quote as code:
            for each in values:
                if not isinstance(each, kind):
                    refuse(name, each)
    return code


def refuse(name, value):
    raise TypeError(f"{name} can't be {value!r}")
