# Generator expressions with calls: the first iterable at once, all else when asked.
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
    lazy = (twice(tick(x)) for x in log(tick(xs)) if log(x) > 1)
    print("made")
    xs.append(4)
    print(next(lazy))
    print(sum(lazy))
    pairs = ((x, y) for x in xs for y in log(tick("ab")) if not ignore(tick(x)))
    print("made")
    xs = None
    print(next(pairs), next(pairs))
    return any(log(tick(x)) for x in [0, 1, 2]), all(twice(tick(x)) for x in [1, 0, 2])


def g(n):
    return list(twice(tick(n)) for _ in log("ab")), max(log(tick(x)) for x in range(n))


print(f([1, 2, 3]))
print(g(2))
m = (twice(tick(x)) for x in log(tick("ab")))
print("module")
print(*m, sep=log(tick(" ")))
