# Variables that a run-time branch changes: after it they are what the taken branch made them.
from cython.meta import unroll


def tick(value):
    print("tick", value)
    return value


@unroll
def merged(x, n):
    a = 1
    b = [0]
    c = "unchanged"
    d = n * 2
    if x > 0:
        a = 2
        b.append(a)
        d = x
    else:
        b = b + [3]
    e = a * 10 + d
    if x == 1:
        a = a + 1
    elif x == 2:
        del d
        d = a = "two"
    return a, b, c, d, e, a == 2, n


@unroll
def unbound(x):
    if x:
        result = x
    return result


@unroll
def only_one(x):
    found = None
    for i in range(3):
        if x == i:
            found = i * 10
    return found if found is not None else "none"


def f(x):
    return merged(x, 4), only_one(x)


for x in -1, 1, 2:
    print(f(x))
print(unbound(tick(1)))
try:
    print(unbound(tick(0)))
except UnboundLocalError as failed:
    print(type(failed).__name__)
