# A call of an `@unroll` function whose control flow is known, as in language.md §3.
from cython.meta import unroll


@unroll
def power(x, n):
    r = x
    for _ in range(n - 1):
        r = r * x
    return r


def f(y):
    return power(y, 3)
