from cython.meta import macro
def ha(x): return ("ha", x)
@macro
def ma(x): return ha(x)
from b import mb
def f(x): return mb(x)
