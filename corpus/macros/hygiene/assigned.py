# Variables that quoted code assigns are new ones, whatever the call site has and declares.
from cython.meta import macro, uneval

total = "global"


@macro
def twice(x, k):
    return uneval((n := k) + x + n)


@macro
def sum_up(x):
    return uneval((total := x) + total)


def nested(a):
    return twice(twice(a, 10), 200)


def declared(a):
    global total
    return sum_up(a), total


def outer():
    n = 5

    def inner(a):
        nonlocal n
        n += 1
        return twice(a, n), n

    return inner(1)


print(nested(1), declared(3), outer(), twice(1, 2))
