# Calls as operands of operators: the left operand is evaluated first, even a variable.
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


@macro
def swapped(a, b):
    return b, a


def changed(value):
    global n
    n = value
    return value


def f(x):
    a = tick(1) + twice(tick(2)) - tick(3)
    b = twice(tick(1)) * tick(2) + tick(3) ** bump(tick(1))
    c = -log(tick(1)), ~twice(tick(2)), +bump(tick(3))
    d = tick(7) // log(tick(2)) % log(tick(4))
    e = n + twice(changed(100)) + n
    g = swapped(n, changed(200)), n
    h = x - bump(x) * twice(x), x
    return a, b, c, d, e, g, h


n = 1
print(f(5))
n = n + twice(changed(3)) + n
print(n)
