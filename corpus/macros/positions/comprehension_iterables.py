# Calls in lambdas and comprehensions inside the iterables of comprehensions.
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


def f(xs):
    a = [x for x in [(lambda y: twice(tick(y)))(1), (lambda: log(tick(2)))()]]
    b = [x for x in map(lambda y: twice(tick(y)), log(xs))]
    c = {x: y for x in xs for y in sorted(xs, key=lambda z: log(-z))}
    d = [x for x in [twice(tick(y)) for y in log(xs)] if log(x)]
    e = sum(x for x in (twice(tick(y)) for y in xs))
    g = [x for x in (lambda y=twice(tick(1)): [y])()]
    h = [x for x in (twice(tick(xs)) if xs else log([]))]
    i = {x for x in log(xs) if x in [twice(tick(y)) for y in log([x])]}
    j = [f"{x}" for x in f"{log(tick('ab'))}{(lambda: twice(tick(1)))()}"]
    return a, b, c, d, e, g, h, i, j


print(f([1, 2]))
print([x for x in [(lambda y: twice(tick(y)))(1)]])


class C:
    size = 3
    a = [x for x in [(lambda y: twice(tick(y)))(size)]]
    b = [x for x in twice(tick([size]))]


print(C.a, C.b)
