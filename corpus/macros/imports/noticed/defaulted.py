"""The default of a lambda is evaluated."""
from uneval.meta import macro


def announce(name):
    print(name)
    return name


KEY = lambda x=announce("defaulted"): x


@macro
def eleven(x):
    return x + 11
