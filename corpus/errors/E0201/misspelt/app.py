# Names of macros with a slip in them, imported, reached through the module, and called.
import lib
import shapes as s
from cython.meta import makro, macro, marco as m
from lib import derv, sloep as steep, other
from lib import deriv as fine

try:
    from lib import dreiv
except ImportError:
    dreiv = None


@macro
def doubled(x):
    return 2 * x


def deriv1(x):
    return x


def f(x):
    return derv(x), derv(x + 1), steep(x), lib.derivv(x), s.aera(x), fine(x), s.other(x)


def g(x):
    # Nothing that is known of is near to these.
    return lib.deriv1(x), s.perimeter(x), dobuled(x), deriv2(x), unknown(x), lib.late
