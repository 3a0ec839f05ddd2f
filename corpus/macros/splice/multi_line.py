# Calls over several lines: the text around them stays.
from cython.meta import macro, uneval


@macro
def twice(x):
    return uneval(x + x)


def f(a, b):
    first = twice(
        a,
    )
    second = [
        1,  # one
        twice(
            a
            + b
        ),  # two
        3,
    ]
    third = (
        twice(a)
        +
        twice(b)   # third
    )
    return first, second, third
