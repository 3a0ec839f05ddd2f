from cython.meta import macro
K = 3
def h(x): return x + K
@macro
def m(x): return h(x) * K
