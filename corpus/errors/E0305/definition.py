# An exception while a module's compile-time code is defined.
from cython.meta import macro, comptime

TABLE = comptime({}["missing"])


@comptime
class Broken:
    value = 1 / 0


@macro
def defaulted(x, y=[].pop()):
    return x


print(TABLE, defaulted(1))
