# All that is wrong with the macros of a file, and with their calls.
from cython.meta import macro, uneval


@macro
def one(x):
    yield uneval(x)


@macro
async def two(x):
    return uneval(x)


@macro
def three(x, y=[]):
    return uneval(x)


@macro
def four(x):
    return 1 if x else 2


class Shape:
    @macro
    def five(self):
        return uneval(self)


@one
def g():
    pass


def f(x):
    four(x)
    one(x)
    two(x)
    three(x)
    four(x, 2)
    four(y=3)
    return four
