# Constants with the same name in two modules.
from lib import wrap, wrap2, twice
from cython.meta import comptime
M = comptime(100)
N = comptime(5)
def f(x):
    M = 1
    return wrap(x), wrap2(x), wrap(N), twice(N + M)
def g(x): return wrap(M), wrap2(M + x), twice(M)
print(f(1), g(1))
