# Statements on values that are known only at run time.
from cython.meta import macro


@macro
def attribute(x):
    x.seen = True
    return x


@macro
def item(x):
    x[0] = 1
    return x


@macro
def deleted(x):
    del x[0]
    return x


@macro
def augmented(x):
    x += 1
    return x


@macro
def tried(x):
    try:
        return x.value
    except AttributeError:
        return None


@macro
def entered(x):
    with x:
        return 1


@macro
def raised(x):
    raise x


def f(x):
    return attribute(x), item(x), deleted(x), augmented(x), tried(x), entered(x), raised(x)
