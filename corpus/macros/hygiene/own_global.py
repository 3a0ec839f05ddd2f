# Globals of the file itself, which something hides where the macro is called.
from math import floor
from cython.meta import macro, uneval

offset = 100
__private = 7


def helper(x):
    return x + 1


@macro
def moved(x):
    return x + offset


@macro
def helped(x):
    return helper(x) + floor(x)


@macro
def private(x):
    return x + __private


@macro
def later(x):
    return uneval([helper(n) for n in x])


def f(offset):
    return moved(offset)


def g(helper, floor, globals):
    return helped(helper) + globals + floor


class C:
    offset = 1
    value = moved(offset)

    def method(self):
        return private(1), moved(2)


def generic(helper):
    return later(helper), [moved(offset) for offset in helper]


print(f(1), g(2.5, 3, 4), C.value, C().method(), generic([1, 2]))
offset = 200
print(f(1), moved(1))
