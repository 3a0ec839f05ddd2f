from cython.meta import macro
__all__ = ["m"]
def h(x): return ("h", x)
@macro
def m(x): return h(x)
