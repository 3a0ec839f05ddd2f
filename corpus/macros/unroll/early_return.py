# Return from within loops, branches, `try` and `with`.
from contextlib import suppress

from cython.meta import unroll


def tick(value):
    print("tick", value)
    return value


@unroll
def first_divisor(x, primes):
    if x < 2:
        return None
    for p in primes:
        if x % p == 0:
            return p
    return x


@unroll
def guarded(xs, n):
    try:
        for i in range(n):
            if xs[i]:
                return i, tick("found")
        return "none"
    finally:
        tick("finally")


@unroll
def suppressed(xs, key):
    with suppress(LookupError):
        return xs[key]
    return "missing"


@unroll
def nothing(x):
    if x:
        return
    tick("went on")


def f(x):
    if first_divisor(x, (2, 3, 5)) == x:
        return "prime"
    return first_divisor(x, (2, 3)) or nothing(tick(x))


print([f(x) for x in (0, 1, 3, 4, 7, 25)])
print(guarded([0, 1], 2), guarded([0, 1], 1), guarded(tick([]), 0))
print(suppressed({"k": 1}, "k"), suppressed([1], 3), nothing(tick(1)), nothing(0))
