# A call that gets what its name was before the statement, and a decorator of the same name.
from uneval.meta import comptime, macro


@macro
def m(x):
    return x + 1


def f(x):
    return x


f = f(f)


def twice(x):
    return [x, x]


twice = twice(twice(1))


def wrap(g):
    return lambda x: (g, x)[1]


@wrap
def wrap(x):
    return x


def a(x):
    return x


def b(x):
    return x


a = b(a)
b = a(b)
comptime = comptime(3)

print(m(1), f(2), twice, wrap(3), a(b(4)), comptime)
