# A macro used as a value: stored, passed, in a display, returned, as an attribute.
from cython.meta import macro, comptime


@macro
def m(x):
    return x


@comptime
def helper():
    return 1


f = m
g = [m, 2]
print(map(m, [1]), m.__name__)
value = helper()


def h():
    return m


@m
def decorated():
    pass


def defaults(key=m):
    return key
