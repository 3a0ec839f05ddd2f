# A static object that reaches the program in two places is one object there.
from cython.meta import unroll


def tick(value):
    print("tick", value)
    return value


@unroll
def pair(x):
    shared = [1, 2]
    if x:
        return shared, shared
    return [shared, (shared, "in a tuple"), {"k": shared}]


@unroll
def filled(x, n):
    row = [0] * n
    rows = [row] * n
    row[0] = x
    rows.append([x])
    return rows


@unroll
def collected(x, names):
    seen = []
    first = seen
    for name in names:
        seen.append(name)
        if x == name:
            tick(seen)
    seen = seen + ["new"]
    return first, seen, first is seen


@unroll
def fresh(x):
    return [x], []


def f(x):
    a, b = pair(x)[:2]
    if x:
        a.append(x)
        print(a, b, a is b)
    rows = filled(x, 2)
    rows[0][1] = "changed"
    print(rows, rows[0] is rows[1], rows[1] is rows[2])
    one, two = fresh(x), fresh(x)
    one[1].append(x)
    return one, two, one[1] is two[1], collected(x, (1, 2))


print(f(1))
print(f(1))
print(f(0))
third = pair(0)
third[0].append(3)
print(third, third[0] is third[2]["k"])
