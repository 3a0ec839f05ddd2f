from cython.meta import macro
def h(x): return x
@macro
def m(x): return h(x)
