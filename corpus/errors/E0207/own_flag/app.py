# The import that the expansion needs would close a circle.
from lib import m

VALUE = 1


def f(x):
    return m(x)
