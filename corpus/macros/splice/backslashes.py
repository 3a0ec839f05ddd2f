# Calls on lines that a backslash continues.
from cython.meta import macro, uneval


@macro
def twice(x):
    return uneval(x + x)


def f(a, b):
    c = a + \
        twice(b) \
        + twice(
            a)
    assert twice(a), \
        twice(b)
    return c
