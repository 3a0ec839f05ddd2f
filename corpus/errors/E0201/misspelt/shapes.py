# Who knows what it has.
from cython.meta import macro


@macro
def area(x):
    return x * x


globals()["aera"] = print
