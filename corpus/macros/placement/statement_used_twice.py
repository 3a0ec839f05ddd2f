# An argument with effects is evaluated once, so its value needs a name.
from cython.meta import macro


@macro
def square(x):
    return x * x


def f(read):
    return square(read())
