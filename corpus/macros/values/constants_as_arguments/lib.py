# Constants in every form of assignment, and what takes them.
from cython.meta import comptime, macro, uneval, unroll

M = comptime((1, 2))
N: int = comptime(3)
A, B = comptime(4), comptime(5)
[C, (D, *E)] = comptime((6, (7, 8, 9)))
F = G = comptime("ab")
LIST = comptime([1, 2])


@macro
def total(m):
    t = 0
    for r in m:
        t = t + r
    return t


@macro
def repeat(x, n):
    for _ in range(n):
        x = x + x
    return x


@macro
def shape(x):
    node = uneval(x)
    return f"{node.op} {node.name}"


@macro
def twice(x):
    return uneval(x) * 2


@macro
def twice_total(x):
    return uneval(total(x)) * 2


@unroll
def up(m, x):
    for r in m:
        x = x + r
    return x


def own(x):
    return total(M), total(M + (N,)), repeat(x, n=A), total((x, N)), total((C, D)), E, F, G
