from cython.meta import macro
from .util import u
def other(): return 1
@macro
def m(x): return u(x)
