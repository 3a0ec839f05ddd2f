# Tables are printed to be read: numbers fill their lines, entries stand one below the other.
from cython.meta import comptime

PRIMES = comptime([n for n in range(2, 1000) if all(n % d for d in range(2, n))])
SHORT = comptime(tuple(range(12)))


class Tables:
    SQUARES = comptime({n: n * n for n in range(30)})
    ROWS = comptime([[x * y for x in range(25)] for y in range(3)])
    NAMES = comptime([(f"name {n}", {"value": n, "square": n * n}) for n in range(5)])
    BIG = comptime([2.0 ** n for n in range(20)])


def f(x):
    if x:
        table = comptime({"a": list(range(40)), "b": [[1, 2], [3, 4]], "c": [-n for n in range(60)]})
        return table["c"][x]


print(len(PRIMES), PRIMES[-1], SHORT, Tables.SQUARES[29], Tables.ROWS[2][24])
print(Tables.NAMES[4], Tables.BIG[3], f(5))
