# Calls in the subject, the guards and the bodies of `match`.
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
def ignore(x):
    return 0


@macro
def bump(x):
    x += 1
    return x


class Point:
    __match_args__ = "x", "y"

    def __init__(self, x, y):
        self.x, self.y = x, y

    def __repr__(self):
        return f"Point({self.x}, {self.y})"


def f(subject):
    match log(tick(subject)):
        case 0:
            return "zero"
        case int(n) if twice(tick(n)) > 10:
            return "large", log(n)
        case int(n) if tick(n) == log(tick(3)):
            return "three", bump(n)
        case [first, *rest] if log(first) and twice(rest):
            return twice(first), rest
        case {"k": value, **others}:
            return log(value), others
        case Point(x, y=y) if ignore(x) or log(y):
            return x, twice(y)
        case str() | None as either:
            return log(either)
        case _ if log(tick("last")):
            return bump(1)


for subject in 0, 7, 3, 1, [5, 6], [1], {"k": 1, "l": 2}, Point(1, 2), "text", None, 1.5:
    print(f(subject))
match twice(tick(1)), log(tick(2)):
    case a, b if bump(tick(a)) > b: print("matched", a, b)
