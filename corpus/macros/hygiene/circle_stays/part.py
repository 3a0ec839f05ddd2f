# Imports the module that imports it, under a condition.
from sys import version

VALUE = 10
if version:
    from lib import m, helper as also


def f(x):
    return m(x)


def g(x):
    return also(x)
