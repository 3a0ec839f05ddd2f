# A macro's reference to a variable of its own file is to that variable.
from cython.meta import macro

RATE = 3
offset = 100


@macro
def scaled(x):
    return x * RATE + offset


def f(a):
    return scaled(a)


print(f(1))
RATE = 4
print(f(1))
