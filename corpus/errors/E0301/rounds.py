# What a loop is unrolled over, or a branch chosen by, has to be known now.
from cython.meta import comptime, macro, unroll


@macro
def pick(xs, n):
    return xs[n] if n else xs


def loop(xs, n):
    for x in unroll(xs):
        print(x)
    for i in unroll(range(n)):
        print(i)
    for x in unroll([1, n]):
        print(x)
    for i in unroll(range(2)):
        for j in unroll(range(i + n)):
            print(i, j)
        i += 1
        print(comptime(i))


def branch(x):
    if comptime(x > 1):
        return 1
    elif x:
        return 2
    while comptime(x):
        x -= 1
    for i in unroll(range(3)):
        print(pick(xs, x), [comptime(i + k) for k in x])
    return 1 if comptime(x) else 2
