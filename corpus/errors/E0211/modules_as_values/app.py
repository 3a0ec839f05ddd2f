"""Macros of modules that are handed on as values."""

import sys
from importlib import import_module

import left
import right

BACKENDS = {"left": left, "right": right}
print(BACKENDS["left"].area(2))
for name, backend in BACKENDS.items():
    print(name, backend.area(3))
print([module.area(4) for module in (left, right)])
print(import_module("left").area(5), sys.modules["right"].area(6))
print((left if len(BACKENDS) > 1 else right).area(7))
