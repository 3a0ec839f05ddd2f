"""So does one that computes."""
from uneval.meta import macro


def announce(name):
    print("ordered", name)
    return name


ORDER = sorted(["a"], key=announce)


@macro
def three(x):
    return x + 3
