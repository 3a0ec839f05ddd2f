# What a call needs in the body of a class leaves no name behind in the class.
from dataclasses import dataclass, field, fields
from enum import Enum, Flag, auto

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
def put(d, k, v):
    d[k] = v
    return d


@macro
def bump(x):
    x += 1
    return x


class Color(Enum):
    RED = twice(tick(1))
    GREEN = bump(tick(2))
    BLUE = log(tick("blue")), put(tick([0]), tick(0), tick(5))

    def shown(self):
        return twice(self.name)


class Access(Flag):
    READ = auto()
    WRITE = twice(tick(1)) << 1


@dataclass
class Point:
    x: int = twice(tick(1))
    y: int = log(tick(3))
    more: list = field(default_factory=lambda: log(tick([])))

    @property
    def both(self):
        return twice(self.x) + bump(self.y)


class Plain:
    a = twice(tick("a"))


class Slots:
    __slots__ = twice(tick(("a",)))[:1]


print([(c.name, c.value) for c in Color], Color.RED.shown(), list(Color.__members__))
print([a.name for a in Access])
print([f.name for f in fields(Point)], Point(), Point().both)
print([name for name in vars(Plain) if name[:2] != "__"], Slots.__slots__)
