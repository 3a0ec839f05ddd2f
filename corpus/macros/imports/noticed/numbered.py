"""A class of the library calls methods of those derived from it."""
from enum import Enum

from uneval.meta import macro


class Colour(Enum):
    def __init__(self, number):
        print("numbered", number)

    RED = 1


@macro
def eight(x):
    return x + 8
