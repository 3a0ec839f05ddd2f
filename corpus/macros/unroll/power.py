# The power of language.md §3: a static loop disappears, the base is evaluated once.
from cython.meta import unroll


def tick(value):
    print("tick", value)
    return value


@unroll
def power(x, n):
    r = x
    for _ in range(n - 1):
        r = r * x
    return r


def f(y):
    return power(y, 3), power(tick(y), 1), power(tick(y), 4) + power(y + 1, 2)


def g(r, x):
    return [power(r, 2) for r in x], power(r, 2) if x else power(r, 3), lambda: power(r, 5)


print(f(2), f(1.5))
squares, one, later = g(3, [1, 2])
print(squares, one, later())
print(power(2, 10), power(tick(2), n=3), power(n=tick(2), x=tick(3)))
