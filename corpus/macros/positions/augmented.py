# Calls in augmented assignments: target, old value, right side, in this order.
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


class Box(dict):
    def __getitem__(self, key):
        print("get", key)
        return super().__getitem__(key)

    def __setitem__(self, key, value):
        print("set", key, value)
        super().__setitem__(key, value)


def changed():
    global total
    total = 1000
    return 5


def f(box):
    box[twice(tick(1))] += tick(10)
    box[tick(2)] += twice(tick(20))
    box[log(tick(2))] *= bump(tick(1))
    log(box)[tick(2)] -= log(tick(3))
    n = 1
    n += twice(tick(n))
    n <<= log(tick(1)) + log(tick(2))
    box.n = 3
    box.n **= twice(tick(1))
    return n, box.n, dict(box)


total = 1
print(f(Box({2: 100})))
total += twice(changed())
print(total)
xs = ys = [1]
xs += log(tick([2]))
print(xs, ys, xs is ys)
