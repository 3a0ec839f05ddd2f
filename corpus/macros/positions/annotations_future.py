# Calls in annotations that the file says are never evaluated.
from __future__ import annotations
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


def f(a: log(tick("a")), b: int = log(tick("default"))) -> twice(tick("return")):
    x: twice(tick("local")) = log(tick("value"))
    return a, b, x


print(sorted(f.__annotations__), f(1))
n: log(tick("annotation")) = twice(tick("value"))
m: log(tick("nothing"))
print(n, sorted(__annotations__))


class C:
    size: log(tick("of a class")) = twice(tick(1))

    def method(self, x: log(tick("method"))) -> twice(tick("result")):
        return log(x)


print(C.size, C().method(2))
