# Statements with values that are known only at run time.
from cython.meta import macro


@macro
def tried(x):
    try:
        return x.value
    except AttributeError:
        return None


@macro
def changed(x):
    try:
        x[0] = 1
    finally:
        x.seen = True


@macro
def entered(x):
    with x:
        return 1


@macro
def raised(x):
    raise x


def f(x):
    return tried(x), changed(x), entered(x), raised(x)
