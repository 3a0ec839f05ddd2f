from cython.meta import macro

print("base")


def twice(x):
    return 2 * x


@macro
def n(x):
    return twice(x)
