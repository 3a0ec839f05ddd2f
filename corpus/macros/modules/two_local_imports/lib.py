from cython.meta import macro
def h(x): return ("h", x)
@macro
def m(x): return h(x)
@macro
def k(x): return h(x), 1
