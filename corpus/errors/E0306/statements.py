# Statements with values that are known only at run time.
from cython.meta import comptime, macro


@comptime
def now():
    pass


@macro
def tried(x):
    now()
    try:
        return x.value
    except AttributeError:
        return None


@macro
def changed(x):
    now()
    try:
        x[0] = 1
    finally:
        x.seen = True


@macro
def entered(x):
    now()
    with x:
        return 1


@macro
def raised(x):
    now()
    raise x


def f(x):
    return tried(x), changed(x), entered(x), raised(x)
