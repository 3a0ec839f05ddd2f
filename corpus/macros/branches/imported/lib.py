# Its branches are decided before anybody imports from it.
from cython.meta import comptime, macro

VERSION = comptime((3, 1))

if comptime(VERSION >= (3, 0)):
    from tools import thrice

    @macro
    def twice(x):
        return x * 2

    if comptime(VERSION[1] == 1):
        NAME = comptime("three one")
    else:
        NAME = "other"
else:
    from old_tools import thrice

    def twice(x):
        raise NotImplementedError


def plain(x):
    if comptime(VERSION[0] == 3):
        return twice(x)
    return thrice(x)
