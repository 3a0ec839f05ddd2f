from cython.meta import macro
print("high")
from low import low
def hh(x): return ("hh", x)
@macro
def high(x): return hh(low(x))
