from cython.meta import macro
print("lib runs")
@macro
def m(x): return x
