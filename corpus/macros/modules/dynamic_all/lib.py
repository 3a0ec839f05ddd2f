from cython.meta import macro
def h(x): return x
@macro
def m(x): return h(x) + 1
__all__ = [n for n in dir() if not n.startswith("_") and n != "macro"]
