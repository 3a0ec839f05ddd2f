# Calls in the tests of `if` and `elif`; later tests are evaluated only when they are reached.
from cython.meta import macro


def tick(value):
    print("tick", value)
    return value


@macro
def twice(x):
    return x + x


@macro
def log(x):
    print("log", x)
    return x


@macro
def ignore(x):
    return 0


@macro
def bump(x):
    x += 1
    return x


def f(x):
    print("f", x)
    if twice(tick(x)) > tick(4):
        print("large")
    elif tick(x) == bump(tick(0)):
        print("one")
    elif ignore(tick(x)):
        print("never")
    elif log(tick(x)):
        print("something")
    else:
        print("nothing")


def g(x):
    if log(x):
        if twice(x) == 2:
            return "two"
        elif twice(x) == 4: return "four"
        else:
            return "more"
    elif tick(x) is None:
        return "none"
    return "nothing"


for x in 3, 1, 2, 0:
    f(x)
print(g(1), g(2), g(3), g(None), g(0))
if log(tick([])): print("not empty")
elif bump(tick(-1)): print("not zero")
else: print("neither", twice(tick("!")))
