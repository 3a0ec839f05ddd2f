"""Macros and @unroll functions of which no call can be recognised stay plain functions."""
import asyncio
from functools import cache

from cython.meta import comptime, macro, unroll

LIMIT = comptime(2 + 1)


@macro
def double(x):
    return x + x


class Scale:
    factor = 3

    @macro
    def times(self, x):
        """What it says."""
        return double(x) * self.factor

    @staticmethod
    @macro
    def half(x):
        return x / 2

    @unroll
    def total(self, x, n=2):
        for _ in range(n):
            x += self.factor
        return x

    @classmethod
    @unroll
    def limited(cls, x): return min(x, LIMIT)


def outer(y):
    @macro
    def inner(x):
        return x * y

    return inner(y) + inner(1)


if __doc__:
    @macro
    def sometimes(x):
        return x + 1


@macro
async def waits(x):
    await asyncio.sleep(0)
    return double(x)


@macro
def counts(n):
    for i in range(n):
        yield double(i)


@cache
@macro
def cached(x):
    print("computed", x)
    return x


n = int("4")
print(Scale().times(n), Scale.half(n), Scale().total(n), Scale.limited(n))
print(outer(n), sometimes(n), asyncio.run(waits(n)), list(counts(n)))
print(cached(n), cached(n), cached.__name__)
