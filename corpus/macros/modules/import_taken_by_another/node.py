from cython.meta import macro
@macro
def mix(x): return ("mix", x)
def plain(x): return ("plain", x)
