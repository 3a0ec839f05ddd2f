"""Imports a module that imports it."""
import right
from uneval.meta import macro


@macro
def nine(x):
    return x + 9
