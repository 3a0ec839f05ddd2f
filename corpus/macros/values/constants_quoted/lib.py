# A constant of this module in quoted code is this one.
from cython.meta import comptime, macro, uneval
M = comptime(7)
@macro
def twice(x): return uneval(x) * 2
@macro
def wrap(y): return uneval(twice(M) + twice(M + y) + y)
@macro
def wrap2(y): return twice(M) + twice(M + uneval(y))
