# Calls in the three parts of conditional expressions; one of them isn't evaluated.
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
def ignore(x):
    return 0


@macro
def bump(x):
    x += 1
    return x


def f(x):
    a = twice(tick("yes")) if tick(x) else tick("no")
    b = tick("yes") if twice(tick(x)) else tick("no")
    c = tick("yes") if tick(x) else twice(tick("no"))
    d = log(tick("yes")) if log(tick(x)) else log(tick("no"))
    e = [tick("before"), twice(tick(1)) if x else bump(tick(1)), tick("after")]
    g = log(tick(1)) if tick(not x) else log(tick(2)) if ignore(tick(x)) else twice(tick(3))
    h = (twice(tick(1)) if x else tick(2)) + (tick(3) if x else twice(tick(4)))
    return a, b, c, d, e, g, h, (bump(x) if x else twice(x))


def g(x):
    return bump(tick(1)) if x > 0 else twice(g(x + 1))


print(f(0))
print(f(1))
print(g(-1))
print(twice(tick("m")) if tick([]) else bump(tick(0)), tick("end"))
