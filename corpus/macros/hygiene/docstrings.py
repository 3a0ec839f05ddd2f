from cython.meta import macro

"""No docstring, since an import comes before it."""


@macro
def nothing(x):
    return x


def f():
    from cython.meta import macro
    "no docstring either"
    return nothing(1)


class C:
    from cython.meta import macro; "nor this"


print(__doc__, f.__doc__, C.__doc__, f())
