# The way of a value through macros and functions, each place on it once.
from steps import asked, cubed, limited, repeated, rounds, summed

count = int(input())
fixed = 3


def f(x, n, *more):
    limited(x), repeated(x), asked(x)
    return [
        cubed(x, n), cubed(x, count), cubed(x, fixed), cubed(x, n + len(more)),
        summed(n), rounds(n, 50),
    ]
