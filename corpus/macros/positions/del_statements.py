# Calls in what is deleted: from left to right, one after the other.
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
def kind(x):
    print("kind", type(x).__name__)
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
def drop(d, k):
    del d[k]
    return d


class Rows(dict):
    def __delitem__(self, key):
        print("del", key)
        super().__delitem__(key)


class Box:
    def __delattr__(self, name):
        print("del", name)


def f(rows):
    del rows[twice(tick(1))]
    del rows[tick(3)], rows[log(tick(4))], rows[tick(5)]
    del kind(Box()).attribute, (rows[bump(tick(5))], rows[log(tick(7))])
    del put(rows, tick("new"), 0)["new"]
    xs = list("abcdef")
    del xs[log(tick(1)):twice(tick(2))]
    del xs[ignore(tick(9))]
    return drop(rows, tick(8)), xs


print(f(Rows({n: n for n in range(2, 10)})))
rows = Rows(a=1, b=2)
try:
    del rows[log(tick("a"))], rows[log(tick("missing"))], rows[log(tick("b"))]
except KeyError as missing:
    print(missing, rows)
