# A macro defined in the file that uses it, before and after its uses.
from cython.meta import macro


def early(a):
    return plus_one(a)


@macro
def plus_one(x):
    return x + 1


def late(a):
    return plus_one(a) * 2


# The comment before the end stays.
