# Macros that change variables take definitions away, before and after.
from cython.meta import codenode, macro, op, quote, uneval


@macro
def again(x):
    return uneval(x)


@macro
def swap(a, b):
    with quote as exchange:
        a, b = b, a
    return exchange


@macro
def put(place, value):
    codenode(op.ASSIGN, [uneval(place), uneval(value)]).eval()


@macro
def hidden(x):
    """Changes a variable that it isn't given."""
    codenode(op.ASSIGN, [codenode(op.VAR, name="b"), uneval(x)]).eval()


def exchanged():
    a = 1
    b = 2
    c = again(a)
    swap(a, b)
    return again(a), again(b), c, again(c)


def in_a_loop():
    a, b = 1, 2
    for _ in range(3):
        print(again(a), end=" ")
        swap(a, b)
    return again(a)


def put_twice(x):
    a = 1
    put(a, x)
    put(a, a + 1)
    return again(a)


def captured():
    b = 1
    c = b + 1
    hidden(7)
    return again(b), again(c)


print(exchanged(), in_a_loop(), put_twice(5), captured())
