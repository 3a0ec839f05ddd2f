# `comptime(…)` in ordinary code writes a value, of each kind that has a source.
from cython.meta import comptime


@comptime
def table(n):
    import math
    return tuple(round(math.sin(i), 3) for i in range(n))


SIZE = comptime(2 ** 4)
TABLE = comptime(table(SIZE // 4))

values = [
    comptime(1 / 3), comptime(float("inf")), comptime(-float("inf")), comptime(float("nan")),
    comptime(-0.0), comptime(complex(1, -2)), comptime("a'b\n"), comptime(b"\xff"),
    comptime(not SIZE), comptime(None), comptime(...), comptime((1,)), comptime(()),
    comptime([1, [2]]), comptime({"a": {1}}), comptime(set()), comptime(frozenset({3})),
    comptime(frozenset()), comptime(range(3)), comptime(range(1, 10, 2)), comptime(slice(1, None)),
    comptime(10 ** 30), comptime(-5), comptime({}),
]


def f(i):
    return TABLE[i] + SIZE + comptime(len(TABLE) * 2)


print(SIZE, TABLE, values, f(1))
