# Generators and comprehensions inside macros.
from cython.meta import macro


@macro
def primes(limit):
    def sieve():
        found = []
        for n in range(2, limit):
            if all(n % p for p in found):
                found.append(n)
                yield n

    def both():
        last = yield from sieve()
        got = yield ("end", last)
        yield got

    running = both()
    first = [next(running) for _ in range(3)]
    return first, list(sieve()), {n: n * n for n in sieve() if n < 6}, {n % 3 for n in sieve()} == {0, 1, 2}


print(primes(30))
