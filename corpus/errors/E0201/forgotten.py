# Names of cython.meta that are used and were not imported.
import cython
from cython.meta import (
    macro,
    uneval,  # the last one has a comment
)
from cython.meta.op import PLUS
import cython.meta.ops as ops


@macro
def one(x):
    return codenode(VALUE, [1])


@macro
def two(x):
    return uneval(x) + one(x)


@comptime
class Table:
    pass


@cython.macor
def three(x):
    return x


def f(x):
    VALUE = 3
    return one(x), two(x), VALUE
