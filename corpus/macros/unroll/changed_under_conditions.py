# Lists, sets and dicts of the function that change where the program decides, and tables of compile time.
from cython.meta import comptime, unroll


@comptime
def names():
    return ["a", "b", "c"]


@comptime
def network():
    return [(0, 1), (1, 2), (0, 1)]


@unroll
def present(d):
    out = []
    for n in names():
        if n in d:
            out.append(n)
    return out


@unroll
def counted(xs, k=2):
    counts = {"even": 0, "odd": 0}
    seen = {0}
    for i in range(k):
        if xs[i] % 2:
            counts["odd"] += 1
            seen.add(xs[i])
        elif xs[i] > 2:
            counts["even"] += 1
        else:
            counts["small"] = counts.get("small", 0) + i
    return counts, sorted(seen)


@unroll
def sort3(xs):
    for i, j in network():
        if xs[i] > xs[j]:
            xs[i], xs[j] = xs[j], xs[i]
    return xs


@unroll
def nested(x, rows=((1, 2), (3, 4))):
    kept = [[]]
    for row in rows:
        if x in row:
            kept[0].append(row)
            if x > row[0]:
                kept.append([x])
    return kept, len(kept)


@unroll
def given(x, xs):
    if x:
        xs.append(x)
    return xs


@unroll
def passed_on(x):
    xs = [0]
    given(x, xs)
    given(x + 1, xs)
    return xs


def f(d, xs):
    return present(d), counted(xs), sort3(xs), nested(xs[1]), passed_on(xs[0])


print(f({"a": 1, "c": 2}, [3, 1, 2]), f({}, [4, 0, 5]))
