# Macros where none can be: in functions and classes, async, generators, classes, decorated.
from functools import cache
from cython.meta import macro, comptime, uneval


def outer():
    @macro
    def inner(x):
        return uneval(x)

    return inner(1)


class Holder:
    @macro
    def method(self, x):
        return uneval(x)


@macro
async def waits(x):
    return uneval(x)


@macro
def yields(x):
    yield uneval(x)


@macro
class Shape:
    pass


@cache
@macro
def wrapped(x):
    return uneval(x)


if len(__doc__ or ""):
    @comptime
    def conditional():
        return 1
