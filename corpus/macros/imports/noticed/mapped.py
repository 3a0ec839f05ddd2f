"""A builtin calls what it is given."""
from uneval.meta import macro


def announce(name):
    print("mapped", name)
    return name


NAMES = list(map(announce, ["a"]))


@macro
def two(x):
    return x + 2
