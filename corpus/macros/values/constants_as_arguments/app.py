# A constant is static as an argument, wherever it was imported from.
import hub as h
import lib
from cython.meta import comptime, unroll
from hub import FIVE, N, total
from lib import LIST, M, repeat, shape, twice, twice_total, up

LOCAL = comptime(M + (N,))


def static(x):
    print(total(M), total(lib.M), total(h.M), total(LOCAL), total(M[1:] + (N, FIVE)))
    print(total([M[0], x]), total({M[0]: 1}), repeat(x, N), repeat(n=lib.N - 1, x=x))
    print(up(M, x), up(lib.M, x), up(LIST, x))
    print(total([*M, N]), repeat(x, N and 1), repeat(x, 0 if M[0] == 1 else N))
    for m in unroll(M):
        if comptime(lib.N == 3):
            print(m, total((m, N)))


def quoted(x):
    print(shape(N), shape(lib.N), shape(x), twice(N), twice(lib.N), twice(N + x))
    print(twice_total(M))


def hidden(M):
    return up(M, 1)


static(10)
quoted(1)
print(hidden([5]), lib.own(1), up(LIST, 0))
LIST.append(30)
print(up(LIST, 0), f"{total(M)} {up(M, N)}")
