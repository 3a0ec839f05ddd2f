# Calls in the items of `with`: each is entered before the next is evaluated.
from contextlib import contextmanager

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


@contextmanager
def entered(name):
    print("enter", name)
    try:
        yield name
    finally:
        print("exit", name)


def f(row):
    with entered(twice(tick("a"))) as a:
        print(a)
    with entered(tick("a")) as a, entered(twice(tick("b"))) as b:
        print(a, b)
    with entered("a") as row[ignore(tick(1))], entered(log(tick("b"))) as row[log(tick(1))]:
        print(row)
    with (
        entered(tick("a")),
        entered(log(tick("b"))) as b,
        entered(log(b)) as row[twice(tick(0))],
    ):
        print("in all")
    with entered("outer"):
        with entered(log(tick("inner"))):
            return twice(tick("returned"))


row = [0, 0]
try:
    with entered("a"), entered(log(tick(1)) + twice(tick("b"))):
        print("never")
except TypeError as e:
    print(e)
print(f(row))
