# The names of a macro's own variables, and those of the place of the call, stay apart.
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
def named(x, y):
    value = x + y
    result = value * 2
    x = y
    return result, x, value


def f(value, result, x, y):
    total = named(tick(value), tick(result)), named(y, x), value, result, x, y
    _x = "mine"
    _value = twice(tick(value))
    return total, _x, _value, x, y


def g(_x, _x2, x):
    return twice(tick(_x)), twice(tick(_x2)), twice(tick(x)), _x, _x2, x


print(f(1, 2, 3, 4))
print(g(1, 2, 3))
_x = x = 1
print(twice(tick(_x)), twice(tick(x)), _x, x, sorted(n for n in globals() if n.strip("_") == "x"))
