# Definitions on straight lines, and what takes them away.
from math import sin
from cython.meta import codenode, macro, op, uneval


@macro
def seen(x):
    """The value, and what the macro saw."""
    node = uneval(x)
    return codenode(op.TUPLE, [node, codenode(op.VALUE, [str(node)])])


@macro
def again(x):
    return uneval(x)


def chain(x):
    a = 3 * x
    b = a + sin(0)
    return seen(b), again(b), again(b + 1)


def rebound(x):
    a = x + 1
    x = 5
    return seen(a), again(a)


def constants(x):
    n = 2
    m = n * 3
    n = x
    return again(m), seen(m), again(n)


def augmented(i: int, x):
    s = 0
    s += i
    s -= 1
    t = x
    t += [1]
    return again(s), again(t), x


def unpacked(x):
    a, b = x, 2
    a, b = b, a
    (c, d), *e = [(1, 2), 3, 4]
    return again(a), again(b), again(c), again(d), again(e)


def deleted():
    a = 1
    b = a + 1
    del a
    return again(b)


def walrus(x):
    return (y := x * 2, again(y + 1), again(y))


def in_a_comprehension(x):
    y = x + 1
    return [again(y) for i in range(2)], [again(y) for x in "ab"], (lambda: again(y))()


def changed(xs):
    first = xs[0]
    before = again(first)
    xs[0] = 9
    return before, again(first), again(xs[0])


def made(x):
    pair = [x, x]
    same = again(pair)
    same.append(1)
    return pair


def alias(x):
    y = x
    z = y * 2
    return seen(y), again(z)


print(chain(2), rebound(1), constants(4), augmented(5, [0]), unpacked(7))
print(deleted(), walrus(3), in_a_comprehension(1), changed([1, 2]), made(0), alias(3))
