"""Code is nested no deeper than Python reads it."""

from cython.meta import macro


def g(x):
    return x + 1


@macro
def calls(x, n):
    for i in range(n):
        x = g(x)
    return x


@macro
def constant(n):
    t = ()
    for i in range(n):
        t = (t,)
    return t


def length(t):
    count = 0
    while t:
        t = t["inner"] if isinstance(t, dict) else t[-1]
        count += 1
    return count


print(calls(int("1"), 65), length(constant(210)))
