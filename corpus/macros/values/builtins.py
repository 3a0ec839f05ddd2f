# Builtins that are given run-time values, by themselves or in containers.
from cython.meta import macro


@macro
def each(x, y):
    return (
        slice(x, None), bool(x), hash(x), callable(x), format(x, "03d"), format(3, "0" + str(x)),
        set(y), tuple(enumerate(y)), str(x), repr(y), len(y), abs(x), pow(x, 2, 5), divmod(x, 2), round(x), type(x), list(iter(y)),
        isinstance(x, int), getattr(x, "real"), hasattr(x, "imag"), next(iter(y)), list(y),
        max(x, 1), sorted(y), sum(y), sum([1], x), dict(y=x)["y"],
    ), next(iter(()), x)


@macro
def held(x, y):
    return (
        len([x, y]), sum([x, y]), list((x, y)), list(reversed([x, y])), list(zip([x, y], "ab")),
        list(enumerate([x])), isinstance([x], list), type([x]) is list, str([x]), repr((x,)),
        sorted([y, x]), max([x, y]), min((y, x), key=abs), any([x, y]), all([x]), set([x, x]),
        next(iter([x])), dict([("k", x)]), tuple([x]), list(map(abs, [x, -3])), dict(k=x)["k"],
        frozenset([x]), getattr([x], "nope", y),
    )


@macro
def spoken(x):
    print([x, 1], {"k": x}, sep="; ")
    setattr(x, "a", 1)
    delattr(x, "a")


class Box:
    def __repr__(self):
        return "Box"


def f(three, numbers, four):
    first, last = each(three, numbers)
    print(first, last)
    print(held(three, four))


f(3, [2, 1], 4)
spoken(Box())
