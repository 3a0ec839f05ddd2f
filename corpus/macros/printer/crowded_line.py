# Short values stay on their line, whatever else stands there; what is long is broken by itself.
from cython.meta import macro, uneval


@macro
def next_one(x):
    return uneval(x + 1)


@macro
def pair(x):
    return uneval((x, x))


def f(a, b, c):
    first = [next_one(a), next_one(b), next_one(c), next_one(a), next_one(b), next_one(c)]
    return [
        next_one(a) * 2, pair(a)[0], next_one(b), pair(c), next_one(c), pair(b)[1], next_one(a),
        pair(a), first[next_one(a)], {"key": next_one(b)}, max(next_one(a), next_one(b), c), b,
    ]
