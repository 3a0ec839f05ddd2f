# `for … in unroll(…)` with break, continue, return and else.
from cython.meta import unroll


def tick(value):
    print("tick", value)
    return value


def index(xs, value):
    for i in unroll(range(4)):
        if xs[i] == value:
            break
        print("not", i)
    else:
        print("else")
        return -1
    return i


def skipping(xs):
    out = []
    for i in unroll(range(3)):
        if not xs[i]:
            continue
        for j in unroll(range(2)):
            if xs[j] == xs[i]:
                break
            out.append((i, j))
        else:
            out.append(("else", i))
        out.append(xs[i])
    else:
        out.append("end")
    return out


def returning(x):
    for name in unroll(("a", "b", "c")):
        try:
            if tick(x) == name:
                return "found " + name
            if x == "next":
                continue
            if x == "out":
                break
        finally:
            print("finally", name)
    return "none"


def empty(x):
    for i in unroll(()):
        x = i
    else:
        return x


print(index([4, 3, 2, 1], 3), index("abcd", "x"))
print(skipping([1, 0, 2]), skipping([2, 2, 1]))
print(returning("b"), returning("x"), returning("next"), returning("out"), empty("empty"))
