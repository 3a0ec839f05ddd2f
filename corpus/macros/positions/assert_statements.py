# Calls in the tests and messages of asserts; the message is evaluated only if needed.
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


def f(x):
    assert twice(tick(x)), tick("never or once")
    assert tick(x) > 0, twice(tick("message "))
    assert log(tick(x)) < bump(tick(2)), log(tick("too large"))
    assert x != 1 or log(tick("one")), "not reached"
    return "passed"


for x in 0, -1, 1, 2, 3:
    try:
        print(f(x))
    except AssertionError as failed:
        print("failed", failed)
assert log(tick("in the module")), twice(tick("never"))
