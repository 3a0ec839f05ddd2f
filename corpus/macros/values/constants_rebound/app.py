# A constant is static where it certainly has the value of its one definition, and read otherwise.
import lib
from cython.meta import comptime
from lib import *
from later import *

TWICE = comptime((1, 2))
print(add(TWICE, 0), lib.once(), lib.plus(1))
TWICE = comptime((3, 4))
(A, B), [C, *REST] = comptime(((1, 2), (3, 4)))
A2 = (B2) = comptime((5, 6))
del B2


def static(x):
    return add(lib.CHOSEN, x), add((A, B, C), x), add(A2, COUNT)


def read(x):
    return [
        add(lib.CHANGED, x), add(lib.ASSIGNED, x), add(lib.STARRED, x), add(HIDDEN, x),
        add(FOUND, x), add(lib.LIST, x), add(lib.NESTED[1], x), add(TWICE, x), add(REST, x),
    ]


def shadowed(CHOSEN):
    def inner():
        return add(COUNT, 0)

    COUNT = (40,)
    return add(CHOSEN, 0), inner(), [add(CHOSEN, 1) for CHOSEN in ((50,), (60,))]


print(static(0), read(0), shadowed((70,)), Own().sizes())
lib.change()
lib.ASSIGNED = (80,)
lib.LIST.append(90)
lib.NESTED[1].append(90)
print(static(0), read(0))
