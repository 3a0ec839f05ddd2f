# Break and continue, decided at run time, in loops that are unrolled.
from cython.meta import unroll


def tick(value):
    print("tick", value)
    return value


@unroll
def index(xs, value, n):
    for i in range(n):
        if xs[i] == value:
            break
    else:
        i = -1
    return i


@unroll
def skipping(x, names):
    out = []
    for name in names:
        if tick(name) == x:
            continue
        out.append(name)
        if len(name) > x:
            out.append("stop")
            break
        out.append("more")
    else:
        out.append("else")
    return out, name


@unroll
def nested(x, n):
    out = []
    for i in range(n):
        for j in range(n):
            if x == j:
                break
            if x < i:
                continue
            out.append((i, j))
        else:
            out.append(i)
            if x > 5:
                break
    return out


def f(xs, x):
    return index(xs, x, 3), skipping(x, ("a", "bb")), nested(x, 2)


print(f([1, 2, 3], 1))
print(f([1, 2, 3], 2))
print(f([1, 2, 3], 9))
print(f([0, 0, 0], 0))
