# Calls in the parts of comprehensions: the first iterable at once and outside, all else each time round.
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


def f(xs):
    a = [twice(tick(x)) for x in tick(xs)]
    b = [x for x in log(tick(xs))]
    c = [(x, y) for x in log(tick(xs)) for y in log(tick("ab"))]
    d = {log(tick(x)) for x in xs if twice(tick(x)) > 2}
    e = {log(tick(x)): bump(tick(x)) for x in xs}
    g = [tick("before") and twice(x) for x in xs if tick(x) > 1 if log(x)]
    h = [[twice(y) for y in log(tick([x]))] for x in xs]
    i = [ignore(tick(x)) or x for x in xs for x in twice(tick([x]))]
    return a, b, c, d, e, g, h, i


print(f([1, 2]))
