# Names in a macro's quoted code neither capture nor are captured.
from cython.meta import macro, uneval, codenode, VAR


@macro
def adder(body):
    return uneval(lambda n: n + body)


@macro
def pairs(xs):
    return uneval([(item, xs) for item in xs])


@macro
def sized(x):
    return uneval(len(x))


@macro
def anaphoric(body):
    return codenode(VAR, name="it") + uneval(body)


def f(n, item, len, it):
    return adder(n)(1), pairs([item]), sized([1, 2]), anaphoric(it * n)


def g(n):
    return adder(n + 1)(n)


print(f(10, "i", None, 3), g(5))
