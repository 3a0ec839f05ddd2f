"""Plain."""
FACTOR = 3
calls = []


def scaled(x):
    return x * FACTOR


def is_missing(x):
    return (x is None, isinstance(x, int), not x)
