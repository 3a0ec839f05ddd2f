"""Loops that stand in the output in all their rounds."""
from cython.meta import comptime, unroll


@unroll
def total(xs, n):
    result = 0
    for i in range(n):
        for j in range(n):
            result = xs[i, j] + result
    return result


@unroll
def fill(xs, n):
    while n > 0:
        xs.append(n)
        n -= 1


@unroll
def last(n):
    """Its loop leaves nothing."""
    found = 0
    while found < n:
        found += 1
    return found


def small(xs):
    fill(xs, 2)
    return total(xs, 2) + last(1_500)


def large(xs):
    fill(xs, 1_001)
    return total(xs, 32)


def quiet(xs):
    for i in unroll(range(2_000)):
        if comptime(i % 1_000 == 0):
            xs.append(i)
