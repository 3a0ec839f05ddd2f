"""Uses macros of its package."""
from .local import minus
from ..macros import add
from .. import macros
from . import local as here


def show(x):
    return minus(x, 1), add(x, 2), macros.add(x, 3), here.minus(x, 4)
