# Calls in what is raised, and in what it is raised from.
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
def bump(x):
    x += 1
    return x


@macro
def put(d, k, v):
    d[k] = v
    return d


def f(x):
    if x == 0:
        raise ValueError(twice(tick("message ")))
    if x == 1:
        raise log(KeyError(tick("key"))) from None
    if x == 2:
        raise ValueError(tick("a")) from KeyError(twice(tick("b")))
    if x == 3:
        raise log(ValueError)(log(tick("c"))) from log(TypeError("d"))
    try:
        raise IndexError(bump(tick(x)))
    except IndexError as error:
        raise put(tick({}), tick("k"), error)["k"] from error.__context__


for x in range(5):
    try:
        f(x)
    except Exception as error:
        print(repr(error), repr(error.__cause__), error.__suppress_context__)
