# Comprehensions with calls in the bodies of classes and in nested functions.
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


n = "module"


class C:
    n = 3
    a = [twice(tick(i)) for i in log(range(n))]
    b = [log(n) for _ in range(1)]
    c = {i: bump(i) for i in log(tick([n]))}
    d = list(twice(tick(i)) for i in [n])


def outer(xs):
    n = 1

    def inner():
        nonlocal n
        ys = [twice(tick(x + n)) for x in xs if log(n)]
        n = [bump(y) for y in log(ys)]
        return [lambda: twice(x) for x in log(xs)]
    return [g() for g in inner()], n


print(C.a, C.b, C.c, C.d, sorted(name for name in vars(C) if name[0] != "_"))
print(outer([1, 2]))
