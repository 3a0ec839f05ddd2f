from cython.meta import comptime, macro

LIMIT = 10


@macro
def power(x, times):
    result = 1
    for _ in range(times):
        result = result * x
    return result


@macro
def cubed(y, k):
    more = power(y, k)
    return more * y


@comptime
def first(items):
    return [item for item in items if item > 0]


@macro
def summed(n):
    return sum(first(k for k in [1, 2, n]))


@macro
def rounds(n, left):
    if left == 0:
        return 1 if n else 2
    return rounds(n, left - 1)


@macro
def limited(x):
    return x if LIMIT > 5 else 0


@macro
def repeated(x):
    return [x for _ in range(LIMIT)]


@macro
def asked(x):
    return x if input() else 0
