# Constants without a source, and what would leave them in the program.
from cython.meta import comptime, macro, uneval, unroll


@comptime
class Add:
    def __call__(self, x):
        return x + 1


OP = comptime(Add())
PAIR, OTHER = comptime((1, Add()))


@macro
def quoted(op):
    return uneval(op)


@macro
def given(op):
    return op


@unroll
def left(op, n):
    while n:
        if op:
            n = n - 1
        else:
            return op
        kept = [op]
    return kept


@unroll
def reads(x):
    return OP(x)
