# The macro's module is imported for what the expansion needs of it; `RATE` is taken here.
from rates import priced

RATE = "mine"


def f(a):
    return priced(a), RATE


def g(rounded):
    return priced(rounded)


print(f(1.11), g(2.22))
