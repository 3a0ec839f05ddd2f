# A module that isn't Python is told of once, however often what it should have is used; and what
# is wrong elsewhere is told of as well.
from cython.meta import macro

import broken
from broken import a, b


@macro
def sign(x):
    return 1 if x > 0 else -1


def f(x):
    return a(1), a(2), b(3), broken.a(4), sign(x)
