# What is evaluated before an assignment fails stays evaluated.
from cython.meta import macro


def tick(value):
    print("tick", value)
    return value


@macro
def twice(x):
    return x + x


@macro
def log(x):
    print("log", x)
    return x


@macro
def bump(x):
    x += 1
    return x


class Never:
    def __setitem__(self, key, value):
        raise KeyError(f"{key} {value}")


def attempt(action):
    try:
        action()
    except (KeyError, TypeError, ValueError) as failed:
        print(type(failed).__name__, failed)


def item():
    Never()[twice(tick(1))] = log(tick(2))


def unpacked():
    row = [0, 0]
    try:
        row[bump(tick(0))], missing = log(tick([1, 2, 3]))
    finally:
        print(row)


def half():
    row = [0, 0, 0]
    try:
        row[log(tick(1))], row[twice(tick("no index"))] = tick(5), tick(6)
    finally:
        print(row)


attempt(item)
attempt(unpacked)
attempt(half)
