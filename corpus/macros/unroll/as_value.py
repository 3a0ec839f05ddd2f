# An unrolled function as a value: it stays as the plain function.
from cython.meta import unroll


def tick(value):
    print("tick", value)
    return value


@unroll
def scaled(x, factor=2):
    """x, so many times."""
    out = 0
    for _ in range(factor):
        out += x
    return out


@unroll
def apply(function, x, n):
    for _ in range(n):
        x = function(x)
    return x


def f(xs):
    table = {"scaled": scaled, "apply": apply}
    print(list(map(scaled, xs)), sorted(xs, key=scaled), table["scaled"](3, 4))
    print(apply(scaled, xs[0], 3), apply(lambda x: scaled(x, 3), tick(1), 2), apply(str, 1, 1))
    return table["apply"](table["scaled"], 1, 2), scaled(xs[0])


print(f([2, 1]))
print(scaled.__name__, scaled.__doc__, scaled(*[1, 2]), scaled(5))
scaled.note = "an attribute"
print(scaled.note, callable(apply))
