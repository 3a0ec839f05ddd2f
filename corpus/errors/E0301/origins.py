# Where values come from that are known only at run time.
import sys
from cython.meta import comptime, macro

size = 3


@macro
def check(x):
    return 1 if x else 2


def helper():
    return 1


def f(a, *rest, key=lambda k: check(k)):
    for i in a:
        check(i)
    with open(a) as file:
        check(file)
    if rest:
        b = 1
    else:
        b = input()
    check(b)
    c = d = helper()
    check(c)
    c += 1
    check(c)
    check(sys)
    check(helper)
    check(size)
    check([check(e) for e in a])
    check(a.name + b * i)
    check(
        a[
            0])
    comptime(helper() + 1)
    comptime(size)
    comptime(open("f").read())
    (t := a) and check(t)
