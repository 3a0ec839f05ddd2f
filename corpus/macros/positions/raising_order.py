# What stands before a call that raises was evaluated, what stands after wasn't.
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
def put(d, k, v):
    d[k] = v
    return d


@macro
def bump(x):
    x += 1
    return x


@macro
def inverse(x):
    print("inverse of", x)
    return 1 / x


@macro
def checked(x, y):
    first = 1 / x
    return put(tick({}), "first", y[first])


def attempt(action, *args):
    try:
        print(action(*args))
    except Exception as error:
        print(type(error).__name__, error)


def f(x):
    return tick("before"), inverse(tick(x)), tick("after")


def g(x, y):
    return checked(tick(x), tick(y))


def h(x):
    return (tick(0) and inverse(x)) or log(tick(x)) < inverse(x) < twice(tick(3))


for x in 1, 0, "x":
    attempt(f, x)
attempt(g, 1, [0, 1])
attempt(g, 0, [])
attempt(g, 1, [])
attempt(h, 0)
attempt(h, 0.25)
attempt(lambda: undefined_name + twice(tick("never")))
attempt(lambda: twice(tick("once")) + undefined_name)
