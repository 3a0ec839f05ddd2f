# Builtins that are something else where the macro is called.
from names import *
from lib import order, show, size

print = print
kept = print


def nested():
    sorted = 1

    def inner(xs):
        nonlocal sorted
        sorted += 1
        return order(xs), size(xs)

    return inner([2, 1])


class C:
    sorted = None
    value = order([3, 2])

    def method(self, xs):
        return order(xs)


def deleted(xs):
    global sorted
    sorted = 1
    del sorted
    return order(xs)


print(nested(), C.value, C().method([5, 4]), deleted([7, 6]), size([1]), len(""))
print = None
show("still there")
