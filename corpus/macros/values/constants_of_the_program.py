# A list or dict of comptime that the program changes is read when it runs; one that macros alone change is theirs.
from uneval.meta import comptime, macro, unroll
XS = comptime([1, 2])
TABLE = comptime({"a": [1], "b": [2]})
LOG = comptime([])
@macro
def total(): return sum(XS), len(TABLE)
@macro
def log(x):
    LOG.append(x)
    return len(LOG)
@unroll
def each():
    out = []
    for x in XS:
        out.append(x * 2)
    return out
@macro
def give():
    return TABLE
def f():
    return total(), each()
print(f())
XS.append(5)
TABLE["c"] = 1
print(f(), give() is TABLE, log(1), log(2))
