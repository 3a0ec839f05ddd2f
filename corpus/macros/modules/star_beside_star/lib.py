from cython.meta import macro
print("lib runs")
def same(x): return x
@macro
def m(x): return same(x)
