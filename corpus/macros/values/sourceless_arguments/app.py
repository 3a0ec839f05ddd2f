# A constant without a source is static as an argument, and isn't in the output.
import lib
from lib import FIRST, KEPT, LEFT, OPS, RIGHT, SCALE, WIDTH, added, apply, grow, scaled, spread

__all__ = ["f", "OPS"]


def f(x):
    print(apply(OPS["add"], x, 1), apply(lib.OPS["sub"], x, WIDTH))
    print(scaled(SCALE, x), scaled(lib.LEFT, x), spread((LEFT, RIGHT), x), grow(x, 2))
    print(added(x), added(x, sizes=(WIDTH,)))
    return scaled(FIRST, x) + KEPT


print(f(10))
