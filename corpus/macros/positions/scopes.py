# Calls in functions that assign variables of the module and of functions around them.
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
def bump(x):
    x += 1
    return x


@macro
def swapped(a, b):
    return b, a


total = 0


def count(x):
    global total
    total += twice(tick(x))
    total = log(total) + bump(x)
    return total


def counter(start):
    n = twice(tick(start))

    def step(by):
        nonlocal n
        before = n
        n = swapped(n, tick(by))[0] + log(n)
        return before, n

    def both():
        return swapped(n, step(1)), n
    return step, both


def hidden(tick, print):
    x = twice(tick)
    _x, x = x, bump(x)
    return _x, x, print


step, both = counter(2)
print(count(1), count(2), total)
print(step(10), step(20), both())
print(hidden(1, 2))
print(swapped(total, count(5)), total)
