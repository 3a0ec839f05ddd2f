# Copies of variables, and names that definitions give within them.
from cython.meta import codenode, macro, op, uneval


@macro
def deriv(x, var):
    node, by = uneval(x), uneval(var)
    if node == by:
        return 1
    if by.name not in node.free_vars():
        return 0
    left, right = node.args
    if node.op == op.PLUS:
        return deriv(left, by) + deriv(right, by)
    return deriv(left, by) * uneval(right) + uneval(left) * deriv(right, by)


@macro
def seen(x):
    """The value, and what the macro saw."""
    node = uneval(x)
    return codenode(op.TUPLE, [node, codenode(op.VALUE, [repr(node)])])


def copy(x):
    b = x
    return deriv(b * b, x), deriv(b * b, b), deriv(x * b, b)


def copy_of_definition(x):
    a = 3 * x
    b = a
    return deriv(b * b, a), deriv(b * b, b), deriv(b * a, x)


def named(x):
    b = x
    return seen(b), seen(b + 1)


def unpacked(x):
    b, c = x, x * x
    return deriv(b * c, x)


def swapped(x, y):
    a, b = x, y
    a, b = b, a
    return deriv(a * a, y), deriv(a * a, x), deriv(a * b, y)


def rebound(x):
    b = x
    x = 5
    return deriv(b * b, x), deriv(b * b, b)


def within(x):
    z = (w := x * x) + w
    return deriv(z, x)


def within_and_rebound(x):
    z = (w := x * x) + w
    w = 1
    return deriv(z, x), z, w


def in_the_wrong_order(x):
    w = 2 * x
    z = w + (w := x * x)
    return seen(z)


for f in copy, copy_of_definition, named, unpacked, rebound, within, within_and_rebound:
    print(f.__name__, f(3))
print(swapped(2, 3), in_the_wrong_order(3))
