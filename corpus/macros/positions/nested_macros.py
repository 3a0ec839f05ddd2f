# Calls in the arguments of calls, macros that call macros, and several calls in one statement.
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
def put(d, k, v):
    d[k] = v
    return d


@macro
def bump(x):
    x += 1
    return x


@macro
def swapped(a, b):
    return b, a


@macro
def four_times(x):
    return twice(twice(x))


@macro
def logged(x, y):
    a = log(x)
    b = log(y)
    return swapped(twice(a), bump(b))


@macro
def stored(d, k):
    return put(put(d, k, twice(k)), twice(k), len(d))


def f(x):
    a = twice(twice(tick(x)))
    b = four_times(tick(x)) + four_times(x)
    c = swapped(swapped(tick(1), tick(2)), log(swapped(tick(3), tick(4))))
    d = logged(twice(tick(x)), bump(tick(x)))
    e = put(put(tick({}), tick("a"), log(tick(1))), twice(tick("b")), ignore(tick(2)))
    g = twice(tick(1)) + twice(tick(2)) * twice(tick(3)), log(tick(4)), bump(tick(5))
    h = stored(tick({}), tick("k")), bump(bump(bump(x))), log(ignore(log(tick(x))))
    return a, b, c, d, e, g, h


print(f(1))
