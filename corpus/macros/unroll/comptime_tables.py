# Tables made by helpers at compile time, used by macros, unrolled functions and the program.
from cython.meta import unroll, comptime


def tick(value):
    print("tick", value)
    return value


@comptime
def primes(limit):
    return [n for n in range(2, limit) if all(n % d for d in range(2, n))]


@comptime
class Grid:
    def __init__(self, width):
        self.cells = [[x * y for x in range(width)] for y in range(width)]

    def row(self, y):
        return tuple(self.cells[y])


SMALL = comptime(tuple(primes(20)))
SQUARES = comptime({n: n * n for n in primes(8)})
ROWS = comptime([Grid(3).row(y) for y in range(3)])


@unroll
def smallest_factor(n):
    for p in SMALL:
        if n % p == 0:
            return p
    return n


@unroll
def weighted(xs, y):
    total = 0
    for x, weight in zip(range(3), Grid(3).row(y)):
        total += xs[x] * weight
    return total


def f(n):
    return smallest_factor(n), smallest_factor(tick(n + 1)), n in SMALL, SQUARES.get(n)


print(f(49), f(7), f(529))
print(weighted([1, 2, 3], 2), weighted(tick((4, 5, 6)), 0))
print(SMALL, SQUARES, ROWS, comptime(len(primes(100))))
