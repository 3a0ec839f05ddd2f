# Calls in the targets of assignments, which are evaluated after the right side.
from cython.meta import macro


def tick(value):
    print("tick", value)
    return value


@macro
def twice(x):
    return x + x


@macro
def log(x):
    print("log", x)
    return x


@macro
def kind(x):
    print("kind", type(x).__name__)
    return x


@macro
def ignore(x):
    return 0


@macro
def put(d, k, v):
    d[k] = v
    return d


@macro
def bump(x):
    x += 1
    return x


class Box:
    pass


def f(rows, box):
    rows[twice(tick(1))] = tick("value")
    rows[tick(0)], rows[twice(tick(1))] = tick("left"), tick("right")
    rows[bump(tick(0))] = box.last = rows[twice(tick(1))] = tick("chained")
    kind(box).name = tick("attribute")
    log(box.rows)[twice(tick(0))] = tick("subscript of a call")
    put(tick({}), tick("k"), tick("v"))["l"] = tick("unseen")
    rows[log(tick(1)):twice(tick(1))] = tick(["slice"])
    [rows[ignore(tick(9))], *rest] = tick("abc")
    rows[twice(tick(2))]: tick("not evaluated") = tick("annotated")
    rows[tick(3)], (box.pair, rows[log(tick(-1))]) = 1, twice(tick((2,)))
    return rows, rest, box.last, box.name, box.pair


rows = [None] * 5
box = Box()
box.rows = rows
print(f(rows, box))
rows[twice(tick(1))] = tick("in the module")
rows[twice(tick(1))]: tick("evaluated") = tick("annotated")
print(rows)
