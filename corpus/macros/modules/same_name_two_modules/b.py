from cython.meta import macro
def h(x): return ("b", x)
@macro
def mb(x): return h(x)
