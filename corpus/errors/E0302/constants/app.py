# A constant without a source that the program uses.
from cython.meta import comptime

import shapes
from shapes import SQUARE, area

OWN = comptime(lambda: 1)
TWICE = comptime(lambda: 2)
TWICE = 3


def f():
    print(OWN, area(2), SQUARE)
    return shapes.SQUARE.sides, comptime(SQUARE.sides), comptime(OWN())
