# Loops without end.
from cython.meta import macro


@macro
def endless():
    n = 0
    while True:
        n += 1


@macro
def counted():
    import itertools
    for n in itertools.count():
        pass


print(endless(), counted())
