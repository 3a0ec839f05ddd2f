# Values in positions that ask for parentheses: negative numbers, attributes of numbers, tuples.
from cython.meta import macro


@macro
def value(x):
    return x


def f(a):
    return [
        value(-1) ** 2,
        2 ** value(-1),
        -value(-1),
        value(1).real,
        value(-1).real,
        value(1.5).real,
        value(1j).imag,
        value(1 + 2j) * 2,
        value((1, 2))[0],
        [*value((1, 2))],
        value("a").upper(),
        value({"k": 1})["k"],
        f"{value({'k': 1})}",
        f"{value('text')!r}",
        f"{value(-1)}",
        value(float("inf")),
        value(-1) + value(-2) - value(-3),
        not value(-1),
        value(0.0),
        value(1e300),
        value("x" "y"),
        value(()),
        value((1,)),
        value(True) and value(None),
        a[value(-1)],
        a[value(1):value(-1)],
    ]


for x in value((1, 2)): print(x)
x, y = value((1, 2))
x = value((1, 2)), value((3,))
print(x, y, f([1, 2, 3]))


def g():
    return value((1, 2))


def h():
    yield value((1, 2))


print(g(), list(h()))
