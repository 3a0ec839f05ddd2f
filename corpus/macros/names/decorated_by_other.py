# Decorators called `macro` that come from elsewhere stay, and so do their functions.
import functools as cython
from functools import cache as macro
from cython.meta import macro as compile_time


@macro
def cached(x):
    return x * 2


@cython.lru_cache
def cached_too(x):
    return x * 3


@compile_time
def tripled(x):
    return 3 * x


print(cached(2), cached_too(2), tripled(2))
