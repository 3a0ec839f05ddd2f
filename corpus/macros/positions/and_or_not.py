# Calls as operands of `and`, `or` and `not`; the later ones may not be evaluated.
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
    a = twice(tick(x)) and tick("second")
    b = tick(x) and twice(tick("second"))
    c = tick(x) and log(tick(1)) and twice(tick("third"))
    d = tick(x) or bump(tick(2)) or tick("never")
    e = log(tick(x)) or twice(tick(0)) or bump(tick(0))
    g = not twice(tick(x)), not (tick(x) and log(tick(0)))
    h = [tick("before"), x and twice(tick(1)), x or twice(tick(2)), tick("after")]
    i = ignore(tick(x)) or x and bump(tick(1)) or twice(tick("last"))
    return a, b, c, d, e, g, h, i


def g(x):
    if x and log(tick("both")) or not x and twice(tick("neither")):
        print("taken")
    x and log(tick("a statement"))


print(f(0))
print(f(1))
g(0)
g(1)
tick(0) or log(tick("in the module"))
