# Arguments bind by Python's own rules.
from cython.meta import macro


@macro
def plain(a, b=2, *rest, c, d=4, **more):
    return [a, b, rest, c, d, more]


@macro
def positional_only(a, b=1, /, c=2, *, d=3):
    return a, b, c, d


@macro
def catching(self, /, *args, **kwargs):
    return self, args, kwargs


DEFAULT = "run-time default"


def f(x, y):
    return [
        plain(1, c=3),
        plain(1, 9, c=3),
        plain(1, 9, 8, 7, c=3),
        plain(c=3, a=1),
        plain(1, c=3, d=5, e=6),
        plain(*(1, 2, 3), **{"c": 4, "z": 5}),
        plain(*[1], *(2, 3), c=3),
        positional_only(1),
        positional_only(1, 2, c=3),
        positional_only(1, 2, 3, d=4),
        catching(1, self=2),
        catching(1, 2, kwargs=3),
        plain(x, y, c=x),
        plain(x, *(y, x), c=1, **{"k": y}),
        positional_only(x, c=y),
    ]


for line in f("x", "y"):
    print(line)
