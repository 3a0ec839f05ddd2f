# What is asked of a run-time value, and of classes of the program; slices assigned in an expression.
from cython.meta import macro


class K:
    pass


@macro
def convertible(x):
    return isinstance(x, (int, K))


@macro
def kind(o):
    return o.__class__.__name__, type(o).__name__


@macro
def put(xs, v):
    xs[0:1] = [v]
    return xs


print(convertible("12"), convertible(K()), kind(int("3")), kind(K()))
f = lambda a: put(a, 3)
print(f([1, 2]), [put([x, x], int("4")) for x in range(2)])
