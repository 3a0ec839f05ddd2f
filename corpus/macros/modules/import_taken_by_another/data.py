from cython.meta import macro
import node as al
@macro
def aid(x): return al.mix(x)
