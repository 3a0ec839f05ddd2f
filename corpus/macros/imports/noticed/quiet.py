"""Nobody notices it."""
import dataclasses
import enum
import re
from collections import namedtuple
from functools import lru_cache

from uneval.meta import macro

__all__ = ["fourteen"]
__all__ += ["WORD"]

WORD = re.compile("[a-z]+")
Point = namedtuple("Point", "x y")
LIMITS = tuple(range(3))


class Colour(enum.Enum):
    RED = 1

    def describe(self):
        return self.name


@dataclasses.dataclass(frozen=True)
class Size:
    width: int = 1
    heights: list[int] = dataclasses.field(default_factory=list)

    @property
    def area(self):
        return self.width


@lru_cache(maxsize=None)
def helper(x, y=LIMITS):
    return x


if __name__ == "__main__":
    print("quiet")


@macro
def fourteen(x):
    return x + 14
