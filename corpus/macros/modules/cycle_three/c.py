from a import ma
def g(x): return ma(x)
