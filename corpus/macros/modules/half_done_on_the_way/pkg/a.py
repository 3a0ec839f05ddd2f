from cython.meta import macro
import pkg
print("a")


def ah(x):
    return ("ah", x)


@macro
def am(x):
    return (ah(x), pkg.__name__)


def late(x):
    return pkg.bm(x)
