# Keywords that no parameter has.
from cython.meta import macro


@macro
def power(x, times=2, *, tint=None):
    return x * times


@macro
def anything(x, **rest):
    return x


@macro
def first(x, /, y=1):
    return x


def f(a):
    return [
        power(a, tims=3), power(a, tine=3), power(a, whatever=3), power(a, times=2, time=3),
        anything(a, tims=3), first(x=a), first(a, z=1),
    ]
