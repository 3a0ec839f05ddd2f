# Macros where none can be: in functions and classes, async, generators, classes, decorated.
from functools import cache
from cython.meta import macro, comptime


def outer():
    @macro
    def inner(x):
        return x

    return inner(1)


class Holder:
    @macro
    def method(self, x):
        return x


@macro
async def waits(x):
    return x


@macro
def yields(x):
    yield x


@macro
class Shape:
    pass


@cache
@macro
def wrapped(x):
    return x


if len(__doc__ or ""):
    @comptime
    def conditional():
        return 1
