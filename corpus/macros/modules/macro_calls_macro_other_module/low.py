from cython.meta import macro
print("low")
def lh(x): return ("lh", x)
@macro
def low(x): return lh(x)
