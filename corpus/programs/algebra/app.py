import math
from math import cos, sin

from calculus import deriv
from uneval.meta import comptime


@comptime
def about():
    import algebra

    return algebra.FUNCTIONS, algebra.IS_WIDE, algebra.HAS_CONFIGURATION, algebra.HERE


def slope(x):
    return deriv(3 * x * x + sin(2 * x), "x")


print(slope(0.0), math.isclose(slope(1.5), 9 + 2 * cos(3)))
print(comptime(about()))
