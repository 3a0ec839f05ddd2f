# Calls on the right of assignments: the right side is evaluated before the targets.
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
def bump(x):
    x += 1
    return x


class Box:
    pass


def f(box):
    a = twice(tick(1))
    b = c = log(tick(2))
    d, (e, *g) = tick(3), (twice(tick(4)), *log(tick([5, 6])))
    h: int = bump(tick(7))
    box.size = ignore(tick(8))
    box.items[tick("key")] = twice(tick(9))
    i = tick("before"), twice(tick("middle")), tick("after")
    j = tick(10) + twice(tick(11)) * tick(12)
    return a, b, c, d, e, g, h, i, j, box.size, box.items


box = Box()
box.items = {}
print(f(box))
a = bump(a := twice(tick(1)))
print(a)
