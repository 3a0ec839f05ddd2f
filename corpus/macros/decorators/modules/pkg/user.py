"""Macros by relative imports."""
from . import noisy, clocked
from .inner import noisy as loud


@loud
@clocked("relative")
def use(start):
    return start


@noisy
class Quiet:
    pass
