from a import ma
from b import mb
print(ma(1), mb(2))
def h(x): return "mine"
print(h(1), ma(3), mb(4))
