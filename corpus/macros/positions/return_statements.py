# Calls in what functions return.
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
def swapped(a, b):
    return b, a


def a(x):
    return twice(tick(x))


def b(x):
    return tick("before"), log(tick(x)), tick("after")


def c(x):
    if x:
        return ignore(tick(x))
    return put(tick({}), tick("k"), log(tick(x)))


def d(x):
    for i in range(x):
        try:
            return log(tick(i))
        finally:
            print("finally", twice(i))


def e(x): return *tick("xy"), twice(tick(x))


def g(x):
    def inner():
        return twice(tick(x))
    return swapped(inner(), inner)[1]


print(a(1), b(2), c(0), c(3), d(3), e("z"), g("w"))
