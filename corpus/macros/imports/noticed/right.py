"""Imports a module that imports it, and is noticed."""
import left
from uneval.meta import macro

print("right")


@macro
def ten(x):
    return x + 10
