"""Records: classes that are known by their fields."""
import copy
import inspect
import pickle
from typing import ClassVar

from records import fresh, record

ORIGIN = 0.0


@record
class Point:
    """A place in the plane."""

    x: float
    y: float = ORIGIN

    def __abs__(self):
        return (self.x ** 2 + self.y ** 2) ** 0.5


@record(order=True, frozen=True)
class Version:
    major: int
    minor: int = 0
    labels: tuple = ()
    known: ClassVar[int] = 3

    def __str__(self):
        return ".".join(map(str, (self.major, self.minor, *self.labels)))


@record
class Basket:
    """What somebody is about to buy."""

    owner: str
    items: list = fresh(list)
    prices: "dict[str, int]" = fresh(dict)

    def __repr__(self):
        return f"<{self.owner}: {self.items} {self.prices}>"


@record(frozen=True)
class Nothing:
    """No fields at all."""


def attempt(action):
    try:
        return action()
    except (TypeError, AttributeError) as error:
        return f"{type(error).__name__}: {error}"


p = Point(3.0, 4.0)
print(p, Point(1), Point(y=2, x=1), abs(p))
print(p == Point(3, 4), p != Point(3, 4), p == Point(3), p == (3, 4), p.__eq__((3, 4)))
p.x += 1
print(p, attempt(lambda: hash(p)), attempt(lambda: setattr(p, "z", 1)))
print(attempt(lambda: Point()), attempt(lambda: Point(1, 2, 3)), attempt(lambda: p < p), sep="\n")
print(Point.__slots__, Point.__match_args__, hasattr(p, "__dict__"), Point.__annotations__)

v, w = Version(1, 2), Version(1, 10, ("rc",))
print(sorted([w, v, Version(0)]), v < w, v <= v, v > w, w >= v, max(v, w), Version.known)
print(hash(v) == hash(Version(1, 2)), {v: 1}[Version(1, 2)], len({v, w, Version(1, 2)}))
print(attempt(lambda: setattr(v, "major", 2)), attempt(lambda: delattr(v, "minor")))
print(attempt(lambda: v < (1, 2)), attempt(lambda: v < Nothing()), sep="\n")

a, b = Basket("Ada"), Basket("Bob", ["tea"], prices={"tea": 3})
a.items.append("jam")
print(a, b, Basket("Cy"), a.items is Basket("Ada").items)

for value in p, v, b, Nothing():
    print(pickle.loads(pickle.dumps(value)) == value, copy.copy(value) == value, repr(value))
for cls in Point, Version, Basket, Nothing:
    print(cls.__name__, inspect.signature(cls), cls.__init__.__qualname__)


class Point3(Point):
    """Has no slots of its own."""

    def __init__(self, x, y, z):
        super().__init__(x, y)
        self.z = z


print(Point3(1, 2, 3), Point3(1, 2, 3).z, Point3(1, 2, 3) == Point(1, 2), Point(1, 2) == Point3(1, 2, 3))
match v:
    case Version(major, minor):
        print("version", major, minor)
