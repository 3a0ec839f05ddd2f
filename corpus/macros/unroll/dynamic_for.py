# A `for` over what is known only at run time, with static loops inside and around.
from cython.meta import unroll


def tick(value):
    print("tick", value)
    return value


@unroll
def table(rows, width):
    total = 0
    seen = 0
    for row in rows:
        for i in range(width):
            total += row[i] * (i + 1)
        seen += 1
    return total, seen, row


@unroll
def first(xs, wanted):
    for i, x in enumerate(xs):
        if x in wanted:
            break
        tick(x)
    else:
        return "not found"
    return i, x


@unroll
def pairs(xs, names):
    out = {}
    for name in names:
        for x in xs:
            if x == name:
                continue
            out[name, x] = name * 2, x
    return out


def f(rows):
    return table(rows, 2), table(tick(rows), width=0)[1:], first(rows[0], (3, 4))


print(f([(1, 2), (3, 4)]))
print(first(tick([5, 4]), (4,)), first([5], [6]), first(tick([]), ()))
print(pairs(tick([2, 3]), ("x", "yy")), pairs("ab", "b"))
try:
    table(tick([]), 1)
except UnboundLocalError as failed:
    print(type(failed).__name__)
