from cython.meta import macro
def hb(x): return ("hb", x)
@macro
def mb(x): return hb(x)
from c import g
