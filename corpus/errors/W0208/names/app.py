"""Imports of macros, some of which nobody uses."""
import cython.meta as meta
from cython.meta import (
    macro,
    uneval,  # the second is not used
    codenode as node,
)
from tools import double, half as halved, traced
from tools import plain, table
from tools import listed; from tools import quarter
try:
    from tools import maybe
except ImportError:
    maybe = None
from tools import kept as kept
from tools import noted  # noqa: F401
from tools import third  # uneval: ignore[W0208]

__all__ = ["listed", "show"]


def local(n):
    from tools import double
    return n


def other(n):
    if n:
        from tools import half


@traced
def show(n: "halved"):
    return plain(n)
