# Constants without a source, and what takes them.
from cython.meta import comptime, macro, unroll


@comptime
class Scale:
    def __init__(self, factor):
        self.factor = factor


OPS, WIDTH = comptime({"add": lambda a, b: a + b, "sub": lambda a, b: a - b}), 2
SCALE: object = comptime(Scale(3))
(LEFT, RIGHT), [KEPT] = (comptime(Scale(4)), comptime(Scale(5))), (len("kept"),)
SIZES = comptime((1, 2))
FIRST, SECOND = comptime((Scale(6), lambda x: x * 2))


@macro
def apply(op, a, b):
    return op(a, b)


@macro
def scaled(scale, x):
    return x * scale.factor


@unroll
def grow(x, n):
    for _ in range(n):
        x = x + SCALE.factor
    return x


@unroll
def spread(scales, x):
    for scale in scales:
        x = x * scale.factor
    return x


@unroll
def added(x, op=SECOND, sizes=SIZES):
    for size in sizes:
        x = op(x) + size
    return x
