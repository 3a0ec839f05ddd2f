# Comprehensions in unrolled functions, over static and over run-time values.
from cython.meta import unroll


def tick(value):
    print("tick", value)
    return value


@unroll
def several(x, n, names):
    a = [x * i for i in range(n)]
    b = {name: x for name in names if name != "b"}
    c = [(y, i) for y in x for i in range(n) if y != i]
    d = {len(name) for name in names}
    e = sum(i for i in range(n))
    g = [[i + j for j in range(i)] for i in range(n)]
    h = list(tick(y) for y in x if y)
    k = any(y == n for y in x), all(tick(y) for y in x)
    return a, b, c, d, e, g, h, k


@unroll
def shadowed(x, i):
    y = [i for i in range(3)]
    z = [i for i in x]
    return i, y, z


def f(x):
    return several(x, 2, ("a", "b", "cc")), shadowed(x, "kept"), shadowed(tick(x), x)


for line in f([2, 0, 1])[0]:
    print(line)
print(f([2, 0, 1])[1:])
