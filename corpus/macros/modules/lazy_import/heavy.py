print("heavy runs")
from cython.meta import macro
def h(x): return x * 10
@macro
def m(x): return h(x)
