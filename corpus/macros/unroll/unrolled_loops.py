# `for … in unroll(…)` in ordinary code: nested, in closures, the variable used after.
from cython.meta import unroll


def tick(value):
    print("tick", value)
    return value


def f(xs):
    total = 0
    for i in unroll(range(4)):
        total += xs[i] * i
    print(total, i)
    for name, size in unroll((("a", 1), ("b", 2))):
        for j in unroll(range(size)):
            print(name, tick(j))
    makers = []
    for k in unroll("xy"):
        makers.append(lambda: k)
        makers.append(lambda k=k: k)
    print([make() for make in makers], k, name, size, j)
    for i in unroll([1, 2]):
        for x in xs:
            if x > i:
                print(x, i)
    for x in xs:
        for i in unroll(range(2)): print(x + i)
    return i


def g(x):
    for i in unroll(range(3)):
        if i == 1:
            yield x
        yield i
        x = (yield) or x


print(f([3, 2, 1, 0]))
print(list(g("x")))
for i in unroll(range(2)):
    print("module", tick(i))
print(i)


class C:
    table = {}
    for key in unroll(("a", "b")):
        table[key] = tick(key * 2)


print(C.table, C.key)
