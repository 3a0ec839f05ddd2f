# Calls in subscripts and slices: the object comes before the index.
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


class Keys:
    def __getitem__(self, key):
        print("get", key)
        return key


def f(xs, keys):
    a = tick(xs)[twice(tick(1))]
    b = log(tick(xs))[tick(1):twice(tick(2)):bump(tick(0))]
    c = keys[tick(1), twice(tick(2)), tick(3)]
    d = keys[log(tick("a")):, tick("b"):twice(tick("c"))]
    e = keys[ignore(tick(1))]
    g = keys[*tick("de"), twice(tick("f"))]
    h = xs[log(tick(0))] + xs[twice(tick(1))]
    i = twice(xs[tick(1):twice(tick(1))])
    return a, b, c, d, e, g, h, i


print(f([10, 20, 30, 40, 50], Keys()))
xs = "module"
print(tick(xs)[log(tick(1)):twice(tick(2))])
