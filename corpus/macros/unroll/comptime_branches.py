# `if comptime(…)` in ordinary code keeps one branch.
from cython.meta import comptime


def tick(value):
    print("tick", value)
    return value


VERSION = comptime((3, 1))
DEBUG = comptime(False)


def f(x):
    if comptime(VERSION >= (3, 0)):
        x = tick(x)
    else:
        x = undefined_in_new_versions(x)
    if comptime(DEBUG):
        print("debugging", x)
    if comptime(VERSION[0] == 2):
        y = "two"
    elif comptime(VERSION[0] == 3):
        y = "three"
    elif x:
        y = "never asked"
    else:
        y = "other"
    if x == 1:
        z = "at run time"
    elif comptime(not DEBUG): z = "kept"
    else: z = "gone"
    if comptime(DEBUG): pass
    elif tick(x): z += "!"
    return x, y, z, "debug" if comptime(DEBUG) else "release"


if comptime(DEBUG):
    def shown(x):
        return "debugging", x
else:
    def shown(x):
        return "release", x


class C:
    if comptime(VERSION[1] > 0):
        size = tick(VERSION[1])
    else:
        name = "gone"


print(f(1), f(0), shown(2), [n for n in vars(C) if n[0] != "_"], VERSION)
if comptime("a" < "b"): print("one line"); tick("more")
