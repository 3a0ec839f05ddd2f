# Constants whose names are bound again, or may be.
import sys

from cython.meta import comptime, macro, unroll

FAST = comptime(True)
if comptime(FAST):
    CHOSEN, COUNT = comptime((1, 2)), comptime(1)
else:
    CHOSEN, COUNT = comptime((9,)), comptime(2)
if sys.maxsize > 10:
    FOUND = comptime((1, 2, 3))
else:
    FOUND = comptime(())
CHANGED = comptime((1, 2))
ASSIGNED = comptime((1, 2))
STARRED = comptime((1, 2))
HIDDEN = comptime((1, 2))
LIST, NESTED = comptime([1, 2]), comptime((1, [2]))
from other import *


@unroll
def add(values, x):
    for value in values:
        x = x + value
    return x


STEP = comptime(1)


@macro
def once():
    return STEP


@unroll
def plus(x):
    return x + STEP


print(once(), plus(1))
STEP = comptime(STEP + 1)


def change():
    global CHANGED
    CHANGED = (10,)


class Own:
    SIZES = comptime((1, 2))
    COUNT, OTHERS = comptime(1), comptime((3,))

    def sizes(self):
        return add(Own.SIZES, self.COUNT), add(self.OTHERS, COUNT)
