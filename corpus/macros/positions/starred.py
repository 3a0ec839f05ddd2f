# Calls next to stars in displays, calls and assignments.
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


def shown(*values, **named):
    return values, named


def f(xs):
    a = [*tick(xs), twice(tick(1)), *log(tick(xs)), tick(2)]
    b = (*twice(tick(xs)), tick(3))
    c = {*tick(xs), *log(tick(xs)), bump(tick(1))}
    d = {**tick({"a": 1}), log(tick("b")): twice(tick(2)), **put(tick({}), tick("c"), tick(3))}
    e = {tick("k"): twice(tick("v")), twice(tick("l")): tick("w"), tick("m"): ignore(tick(0))}
    g = shown(*log(tick(xs)), *twice(tick("s")), **tick({"a": 1}), b=log(tick(2)), **log(tick({"c": 3})))
    first, *middle, last = *twice(tick(xs)), log(tick(9))
    *h, i = log(tick("text"))
    for j in *tick(xs), *twice(tick([7])):
        print("j", j)
    return a, b, c, d, e, g, first, middle, last, h, i


print(f([1, 2]))
print(*twice(tick("ab")), *log(tick("c")))
