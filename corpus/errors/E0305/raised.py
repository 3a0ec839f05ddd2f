# Exceptions that leave a macro: where, and by which way.
from cython.meta import macro, comptime


@comptime
def lookup(table, key):
    return table[key]


@macro
def direct(x):
    raise ValueError("not today")


@macro
def nested(key):
    return lookup({"a": 1}, key) + 1


@macro
def arithmetic(n):
    return 1 // n


@macro
def silent():
    raise KeyError


@macro
def unknown():
    import math
    return math.no_such_function(1)


print(direct(1), nested("b"), arithmetic(0), silent(), unknown())
