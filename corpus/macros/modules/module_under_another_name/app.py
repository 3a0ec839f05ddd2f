# A module that an assignment gives another name.
import lib

L = lib
short = M = L
M = short
L = M
inc = L.inc(1)
inc = L


def f(x):
    return L.inc(x), short.power(x, 2)


print(inc.inc(0), L.inc(3), M.power(2, 3), f(4))
if len(M.__name__) > 1:
    M = None
print(M)
