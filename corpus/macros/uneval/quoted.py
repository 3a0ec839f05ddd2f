# `uneval` of an expression quotes it: parameters stand for their trees, values become constants.
from cython.meta import macro, uneval
from math import sin

SCALE = 10


@macro
def sine_twice(x):
    return uneval(sin(x) * 2)


@macro
def shape(x):
    return uneval(x.shape[0])


@macro
def first_plus_one(x):
    node = uneval(x)
    return uneval(node.args[0] + 1)


@macro
def with_values(x, n):
    limit = n * 2
    table = {"key": (1, None)}
    return uneval(x[limit] + table["key"][0] + SCALE + len(x))


@macro
def nested(x):
    inner = uneval(x + 1)
    outer = uneval(inner * inner)
    return uneval(outer - sin(inner))


@macro
def comprehension(xs, f):
    return uneval([f(item) for item in xs if item])


@macro
def function(body):
    return uneval(lambda value, other=2: value + body + other)


@macro
def text(x):
    return uneval(f"{x!r:>10} and {x}")


@macro
def conditional(c, a, b):
    return uneval(a if c else b)


def f(a, b, xs):
    return [
        sine_twice(a),
        shape(a),
        first_plus_one(a * b),
        with_values(xs, 3),
        nested(a + b),
        comprehension(xs, abs),
        function(a),
        text(a + 1),
        conditional(a, b, xs),
    ]
