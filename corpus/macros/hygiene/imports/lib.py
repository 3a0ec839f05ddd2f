"""What expansions need of other modules."""
from decimal import Decimal
from fractions import Fraction
from json import dumps
from string import capwords
from textwrap import shorten
from cython.meta import macro


def max(x):
    return ("max", x)


@macro
def money(x):
    return Decimal(x)


@macro
def ratio(x):
    return Fraction(x)


@macro
def text(x):
    return dumps(x)


@macro
def title(x):
    return capwords(x)


@macro
def short(x):
    return shorten(x, 5)


@macro
def own_max(x):
    return max(x)


@macro
def greatest(x, y):
    return sorted([x, y])[0]
