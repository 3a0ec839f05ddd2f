"""Sorts numbers into kinds."""
from choices import case, cond, either, unless


def tick(x):
    print("tick", x)
    return x


def kind(n):
    return cond(
        (n < 0, "negative"),
        (n == 0, tick("zero")),
        (tick(n) % 2 == 0, f"even, half of it is {tick(n // 2)}"),
        "odd",
    )


def amount(n):
    return case(tick(n), (1, "one"), ((2, 3), tick("few")), default=unless(n > 9, "many"))


def longest(rows):
    return max(rows, key=lambda row: cond((row is None, -1), len(row)), default=cond((1, 2), 3))


def named(options, name):
    return either(options.get(name), options.get("*"), error=KeyError(tick(name)))


print([kind(n) for n in (-1, 0, 3, 4)])
print([amount(n) for n in (1, 2, 5, 10)])
print(longest([None, "a", "bcd"]), longest([]))
print(named({"k": 1}, "k"), named({"*": 2}, "k"))
try:
    print(named({}, "k"))
except KeyError as error:
    print(repr(error))
