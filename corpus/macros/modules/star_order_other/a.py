from cython.meta import macro
@macro
def m(x): return ("a", x)
