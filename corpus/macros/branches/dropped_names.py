# Names that aren't there, and names that are macros on one path only, in branches that are dropped;
# and names that nobody can say aren't there.
from cython.meta import comptime, macro

QUICK = comptime(True)


@macro
def half(x):
    return x / 2


@macro
def chosen(x):
    return x if QUICK else hlaf(x)


if comptime(QUICK):

    def halves(xs):
        return [half(x) for x in xs]

else:

    @macro
    def halves(xs):
        return unevl(xs)


def f(x):
    if comptime(not QUICK):
        return hlaf(x) + VALUE
    return half(x) + chosen(x)


try:
    from statistics import halff
except ImportError:
    halff = half2 = None

print(f(4), halves([2, 4]), halff)
