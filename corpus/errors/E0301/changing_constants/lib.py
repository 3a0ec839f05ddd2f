# The program may change these constants.
from cython.meta import comptime, macro

LIST = comptime([1, 2])
NESTED = comptime((1, [2]))
ONCE = comptime((1, 2))


@macro
def total(values):
    result = 0
    for value in values:
        result = result + value
    return result
