# Constants without a source, and what takes them.
from cython.meta import comptime, macro, unroll


@comptime
class Scale:
    def __init__(self, factor):
        self.factor = factor

    def __call__(self, x):
        return x * self.factor


@comptime
class Apply:
    def __init__(self, factor):
        self.factor = factor

    def __call__(self, a, b):
        return a + b * self.factor


OPS, WIDTH = comptime({"add": Apply(1), "sub": Apply(-1)}), 2
SCALE: object = comptime(Scale(3))
(LEFT, RIGHT), [KEPT] = (comptime(Scale(4)), comptime(Scale(5))), (len("kept"),)
SIZES = comptime((1, 2))
FIRST, SECOND = comptime((Scale(6), Scale(2)))


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
