# What the standard library has by a name, or makes by a call, is left so.
from cython.meta import macro


@macro
def values(x):
    import datetime
    import functools
    import math
    import operator
    from decimal import Decimal
    from fractions import Fraction

    plain = [str.upper, math.sqrt, operator.add, functools.reduce, int | None, math]
    return [Decimal("1.5"), Fraction(1, 3), datetime.timedelta(days=2), plain[0](x)], plain[1:5]


made, plain = values("a")
print(made, plain[0](4.0), plain[1](1, 2), plain[2](plain[1], [1, 2, 3]), plain[3])
