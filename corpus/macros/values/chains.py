# Chains of comparisons in macros: an operand is evaluated only if it is needed.
from cython.meta import macro

log = []


def say(value):
    log.append(value)
    return value


@macro
def between(low, x, high):
    return low <= x < high


@macro
def called(x):
    return 0 < x < say(5) != say(x + 1)


@macro
def kinds(x, y):
    return x is y is not None, x in (1, 2) in [True], 1 < 2 > x, 1 < y == 3 == x


@macro
def decided(x):
    return 3 < 2 < say(x), 1 < 2 < 3, 1 < 2 < say(x)


@macro
def guarded(x):
    class Limits:
        low = 1
        fits = low < 2 < 3

    return Limits.fits, x


print(between(1, say(2), say(3)), between(say(1), 0, say(9)), log)
log.clear()
print(called(say(3)), log)
log.clear()
print(called(say(7)), log)
log.clear()
zero, two, three = 0, 2, 3
print(kinds(two, two), kinds(zero, three))
print(decided(say(4)), log, guarded(say(1)))
