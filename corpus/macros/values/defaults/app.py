"""Defaults that are constants under other names."""

from cython.meta import macro, unroll
from sizes import DOUBLED, N, WORDS as words

OWN = 2**4 - 1
FIRST = words[0].upper()
CHANGED = 5


@macro
def imported(x, n=N, *, doubled=DOUBLED):
    return x + n, doubled, "|" * n


@macro
def called(x, n=len("abc"), name="-".join(words), low=min(OWN, 4)):
    return x + n, name, low


@macro
def before(x, n=CHANGED, first=FIRST, pair=(OWN, -OWN)):
    return x, n, first, pair


CHANGED = 6


@unroll
def power(x, n=N):
    r = x
    for _ in range(n - 1):
        r = r * x
    return r


@unroll
def decided(x, n=CHANGED, text=str(OWN)):
    if x > n:
        return text
    return n


@unroll
def not_known(x, n=int(input.__name__ == "input")):
    return x + n


print(imported(int("1")))
print(called(int("1")))
print(before(int("1")))
print(power(int("2")), power(int("2"), 2))
print(decided(int("7")), decided(int("1")))
print(not_known(int("1")))
