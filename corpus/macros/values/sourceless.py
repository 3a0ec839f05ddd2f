# A constant without a source is there for compile-time code, and not in the output.
from cython.meta import comptime, macro, unroll

__all__ = ["GRID", "row", "WIDTH"]


@comptime
class Grid:
    def __init__(self, width):
        self.width = width
        self.cells = [[x * y for x in range(width)] for y in range(width)]


@comptime
class Double:
    def __call__(self, x):
        return x * 2


GRID = comptime(Grid(3))
TABLE = comptime({"double": Double()})
WIDTH = comptime(GRID.width)


@macro
def row(y):
    return tuple(GRID.cells[y])


def f():
    rows = []
    for cells in unroll(GRID.cells):
        rows.append(comptime(TABLE["double"](sum(cells))))
    return rows if comptime(GRID) else None


print(row(2), f(), WIDTH)
