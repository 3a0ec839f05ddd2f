# A constant that the program may change isn't static.
import lib
from cython.meta import comptime
from lib import LIST, total

lib.ONCE = (3,)
TWICE = comptime((1,))
TWICE = comptime((2,))


def f(x):
    return total(LIST), total(lib.NESTED), total(lib.ONCE), total(TWICE), total(comptime(LIST))


def g(x):
    return total(LIST + [x])
