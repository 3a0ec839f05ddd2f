# Calls in defaults of parameters: evaluated where the function is defined, once, in order.
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


def f(a, b=twice(tick("b")), c=log(tick("c")), *, d=put(tick({}), tick("d"), tick(1)), e=bump(tick(2))):
    d["calls"] = d.get("calls", 0) + 1
    return a, b, c, d, e


print("defined")
print(f(1))
print(f(1, 2, c=3, e=4))


def outer(x):
    def inner(y=twice(tick(x)), /, *more, z=tick("z"), w=log(tick("w"))):
        return x, y, more, z, w
    x = "changed"
    g = lambda v=twice(tick(x)), *, u=log(tick("u")): (v, u, x)
    x = "again"
    return inner, g


inner, g = outer("x")
print(inner(), inner(1, 2, z=3), g(), g(1, u=2))


class C:
    size = bump(tick(1))

    def method(self, size=twice(size), *, name=ignore(tick("name"))):
        return size, name


print(C().method())
