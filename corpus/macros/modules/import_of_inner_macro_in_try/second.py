from cython.meta import macro
print("second runs")
def same(x): return x
@macro
def m(x): return same(x)
