# Calls in comparisons and chains; the operands of a chain are evaluated once, and only as needed.
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
    a = tick(1) < twice(tick(x)), twice(tick(x)) < tick(1)
    b = tick(0) < twice(tick(x)) < tick(9)
    c = twice(tick(x)) < tick(3) < twice(tick(4))
    d = tick(1) < tick(2) < twice(tick(x)) < log(tick(5))
    e = log(tick(9)) < log(tick(x)) < log(tick("never"))
    g = twice(tick("a")) in tick(["aa"]), tick(x) not in log(tick([x])) in [[x]]
    h = ignore(tick(1)) <= tick(0) != log(tick(1)) == bump(tick(0)) is not tick(None)
    return a, b, c, d, e, g, h


def g(x):
    while tick(0) < bump(tick(x)) <= log(tick(3)):
        x += 1
    if log(x) == tick(3) == bump(2):
        return "reached", x


print(f(1))
print(f(2))
print(g(0))
print(tick(1) < twice(tick(1)) < tick(3))
