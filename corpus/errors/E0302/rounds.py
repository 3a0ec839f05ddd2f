# A round's value that stays in the program has to have a source; one that is looked at doesn't.
from cython.meta import comptime, unroll


@comptime
class Shape:
    def __init__(self, sides):
        self.sides = sides


def f(x):
    for shape in unroll([Shape(3), Shape(4)]):
        if comptime(shape.sides == 4):
            x += comptime(shape.sides)
    for shape in unroll([Shape(3)]):
        print(shape)
    for n, shape in unroll([(1, Shape(3))]):
        print(n, comptime(shape.sides))
        print(comptime(shape))
    return x
