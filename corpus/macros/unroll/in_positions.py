# Calls of unrolled functions with branches and loops of run time, in all kinds of places.
from cython.meta import unroll


def tick(value):
    print("tick", value)
    return value


@unroll
def sign(x):
    if x > 0:
        return 1
    if x < 0:
        return -1
    return tick(0)


@unroll
def largest(xs, n):
    best = xs[0]
    for i in range(1, n):
        if xs[i] > best:
            best = xs[i]
    return best


def f(x, xs):
    a = tick("before"), sign(tick(x)), tick("after")
    b = sign(x) if x else sign(tick(5))
    c = x and sign(x) < sign(-x) < tick(3)
    d = [sign(y) for y in xs if sign(y) > 0]
    e = lambda y=sign(tick(x)): y + sign(y)
    while sign(x) > 0:
        x -= 1
    g = f"{sign(x)} {largest(xs, 2):>{largest(xs, 3)}}"
    h = {sign(x): largest(xs, 3)}
    xs[sign(x)] += largest(tick(xs), 2)
    if largest(xs, 2) == 1: pass
    elif sign(xs[0]) == 1: x = largest(xs, 3)
    return a, b, c, d, e(), g, h, xs, sign(largest(xs, sign(1) + 1))


def g(x):
    got = yield sign(x)
    yield from [largest((got, x), 2)]


print(f(2, [1, -1, 3]))
print(f(0, [0, 3, 2]))
made = g(-3)
print(next(made), made.send(9), sign(tick(-1)))


class C:
    size = largest(tick([1, 2]), 2)

    def method(self, x=sign(tick(-4))):
        return sign(x), self.size


print(C().method(), sorted(n for n in vars(C) if n[0] != "_"))
