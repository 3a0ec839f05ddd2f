from cython.meta import macro
print("common runs")
def same(x): return x
@macro
def m(x): return same(x)
