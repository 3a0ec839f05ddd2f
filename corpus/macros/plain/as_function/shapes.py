from uneval.meta import macro

UNITS = {"m": 1, "km": 1000}


def label(unit):
    return f"[{unit}]"


@macro
def scaled(n: int, /, *units: str, unit="m", **others):
    # How much a method gives, in a unit.
    def wrap(f):
        def inner(*args):
            return f(*args) * n * UNITS[unit], label(unit), units, others

        return inner

    return wrap


@macro
def record(x, y):
    """A class of its own."""

    class Record:
        a = x
        b = twice(y)

        def __iter__(self):
            return iter((self.a, self.b))

    return Record


@macro
def twice(x):
    return x + x


@macro
def nested(n, x):
    class Level:
        inner = nested(n - 1, x) if n else x

    return Level
