# What a statement of a specialised function defines has one name in all of its statements.
from uneval.meta import unroll


def deco(f):
    return f


def keep(x):
    return lambda f: f


@unroll
def decorated(x, r):
    @deco
    def inner(acc=1):
        return not acc

    print(inner(r))
    if r:
        raise ValueError(str(r)) from None
    return 1


@unroll
def kept(x, r, *, acc):
    @keep(next(iter(str(acc)), r))
    def inner(acc=1):
        print(acc)

    inner(r)
    if x > 5:
        print("a")
    else:
        raise ValueError(str(r)) from None
    return 1


def inner(x):
    return x


def f(r):
    try:
        return inner(decorated(3, r))
    except ValueError as error:
        return str(error)


def g(r):
    try:
        return kept(3, f"{r} {r!r}", acc=0)
    except ValueError as error:
        return str(error)


print(f("q"), f(""), g("q"))
