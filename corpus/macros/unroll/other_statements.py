# The other statements in unrolled functions: del, assert, import, global, walrus, stars.
from cython.meta import unroll


def tick(value):
    print("tick", value)
    return value


total = 0


@unroll
def several(x, n):
    global total
    import math
    from os.path import join as joined
    assert n > 1, "known now"
    assert x, ("known later", n)
    first, *rest = x
    (a, b), c = (rest, first), n
    for i in range(n):
        total += x[i]
        if (m := x[i] * i) > 1:
            rest[0] = m
    del x[0], a
    rest += [f"{n} {m!r:>{n}} {x=}"]
    y: int = c
    y **= n
    pass
    "a docstring that is none"
    return first, *rest, b, c, math.floor(math.pi), joined("a", "b"), y


@unroll
def attribute(x, names):
    for i, name in enumerate(names):
        setattr(x, name, i)
    x.last = x.a = tick(names[-1])
    del x.b
    return vars(x)


class Thing:
    pass


def f(xs):
    return several(xs, 2), xs, total


print(f([5, 6, 7]))
print(attribute(Thing(), ("a", "b", "c")))
try:
    several([], 2)
except AssertionError as failed:
    print(failed, total)
