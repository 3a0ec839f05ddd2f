from cython.meta import macro

"""No docstring, since an import comes before it."""


@macro
def nothing(x):
    return x


@macro
def text(x):
    return "a text"


@macro
def idle():
    pass


def f():
    from cython.meta import macro
    "no docstring either"
    return nothing(1)


class C:
    from cython.meta import macro; "nor this"


def g():
    text(1)
    return 2


def h():
    idle()
    "nor this"


print(__doc__, f.__doc__, C.__doc__, f(), g.__doc__, g(), h.__doc__)
