# Targets are assigned from left to right, and a later one may look at an earlier one.
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
def second(x, y):
    print("second", y)
    return y


class Box(dict):
    def __setitem__(self, key, value):
        print("set", key, value)
        super().__setitem__(key, value)


def changed(value):
    global n
    n = value
    return value


def f(box):
    i = 0
    i, box[log(i)] = 1, tick("a")
    i = box[twice(i)] = 5
    i, box[second(tick("k"), i)], i = 6, 7, 8
    for i, box[log(i)] in [(1, "x"), (2, "y")]:
        print("round", i)
    (i, box[bump(i)]), *rest, box[log(i)] = [(10, 11), 12, 13]
    box[tick("first")], box[log(len(box))] = "p", "q"
    return i, rest, box


n = 0
print(f(Box()))
box = Box()
n, box[second(changed(3), n)], box[log(n)] = 1, 2, 3
print(n, box)
