# Code of the call site that means something else, or nothing, where the macro puts it.
from cython.meta import macro, uneval


@macro
def delayed(x):
    return uneval(lambda: x)


@macro
def each(x):
    return uneval([x for _ in range(3)])


@macro
def through(x):
    return uneval([y for y in x])


@macro
def lazily(x):
    return uneval(list(x for _ in range(3)))


async def waits(f):
    good = each(await f()), through(await f())
    return delayed(await f()), lazily(await f()), delayed([i async for i in f]), good


def yields(x):
    good = through((yield x)), delayed(lambda: (yield x))
    return delayed((yield x)), each((yield)), good


def assigns(x):
    good = each((y := x)), delayed(lambda: (z := x))
    return delayed((y := x)), through((y := x)), good


class C:
    size = 3
    good = through(size), delayed(lambda size: size)
    bad = delayed(size), each(size)
    worse = each((k := 1))

    def method(self):
        return delayed(super().method()), delayed(__class__)


def twice(x):
    return each(delayed((y := x)))
