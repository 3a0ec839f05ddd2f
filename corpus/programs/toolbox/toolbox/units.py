"""Units: a wrong conversion is an error of the build, a right one a multiplication."""
from dataclasses import dataclass
from fractions import Fraction

from cython.meta import macro, comptime, error


@comptime
def known_units():
    from fractions import Fraction
    return {
        "m": ("length", Fraction(1)), "km": ("length", Fraction(1000)),
        "mile": ("length", Fraction(1609344, 1000)), "inch": ("length", Fraction(254, 10000)),
        "s": ("time", Fraction(1)), "min": ("time", Fraction(60)), "h": ("time", Fraction(3600)),
    }


@macro
def convert(value, unit, to):
    """The value, given in `unit`, in the unit `to`."""
    units = known_units()
    for name in (unit, to):
        if name not in units:
            error(f"there is no unit {name!r}; known are {', '.join(sorted(units))}")
    (kind, size), (other, target) = units[unit], units[to]
    if kind != other:
        error(f"{unit} measures a {kind}, {to} a {other}")
    factor = size / target
    if factor == 1:
        return value
    if factor.denominator == 1:
        return value * factor.numerator
    if factor.numerator == 1:
        return value / factor.denominator
    return value * float(factor)


@dataclass
class Leg:
    """A part of a way."""
    length: float
    share: Fraction = Fraction(1)
