from cython.meta import macro
def h(x): return x + 1
@macro
def m(x): return h(x)
