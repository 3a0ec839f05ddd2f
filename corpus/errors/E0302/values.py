# Values that have no source.
from cython.meta import comptime, macro


@comptime
def now():
    pass


@macro
def valueless(kind):
    now()
    if kind == "object":
        return object()
    if kind == "lambda":
        return lambda: 1
    if kind == "class":
        return int
    if kind == "inside":
        return [1, {"key": (1, iter([]))}]
    if kind == "module":
        import math
        return math
    if kind == "itself":
        endless = []
        endless.append(endless)
        return endless


def f(x):
    return valueless("object"), valueless("lambda"), valueless("class"), valueless("inside"), \
        valueless("module"), valueless("itself"), comptime(iter(()))
