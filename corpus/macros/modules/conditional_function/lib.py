from cython.meta import macro
import sys
if sys.maxsize > 1:
    def h(x): return ("big", x)
else:
    def h(x): return ("small", x)
@macro
def m(x): return h(x)
