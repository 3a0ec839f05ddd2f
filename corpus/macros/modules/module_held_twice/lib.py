from uneval.meta import macro
@macro
def m(x): return x
