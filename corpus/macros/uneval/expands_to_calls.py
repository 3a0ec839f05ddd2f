# Macros that expand to calls of macros, by quoting and by hand, down to a last one.
from cython.meta import macro, uneval, codenode, CALL, VAR


@macro
def last(x):
    return uneval(x + 1)


@macro
def middle(x, n):
    if n == 0:
        return uneval(last(x))
    return uneval(middle(x * 2, n - 1))


@macro
def by_hand(x):
    return codenode(CALL, [codenode(VAR, name="last"), uneval(x)])


@macro
def quoted(x):
    return uneval(last(last(x)) - by_hand(x))


def f(a):
    return middle(a, 2), by_hand(a), quoted(a)


print(f(3))
