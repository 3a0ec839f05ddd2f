from ..lib import m
print("sub")


def g(x):
    return m(x)
