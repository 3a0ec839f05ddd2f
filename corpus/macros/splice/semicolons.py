# Several statements on a line, and blocks on the line of their header.
from cython.meta import macro; import os
import sys; from cython.meta import uneval


@macro
def twice(x): return uneval(x + x)


a = 1; b = twice(a); c = twice(b); 
if a: twice(a); d = 2
class C: x = twice(2); y = 3
def f(a): return twice(a)
print(a, b, c, d, C.x, f(3), os.sep, sys.maxsize > 0)
