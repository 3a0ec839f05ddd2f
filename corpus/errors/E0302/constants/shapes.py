# Its constant is for compile time.
from cython.meta import comptime, macro


@comptime
class Shape:
    def __init__(self, sides):
        self.sides = sides


SQUARE = comptime(Shape(4))


@macro
def area(x):
    return x ** 2 if SQUARE.sides == 4 else 0
