# `__all__` of a package names modules below it, which a star import loads.
from pkg import *
print(lib.m(1), sub.g(2), sub.m(3))
