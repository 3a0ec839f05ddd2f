from cython.meta import macro
def h(x): return ("a", x)
@macro
def ma(x): return h(x)
