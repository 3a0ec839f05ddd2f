# A call of a macro that is itself an item of `with`.
from contextlib import contextmanager

from cython.meta import macro


def tick(value):
    print("tick", value)
    return value


@macro
def kind(x):
    print("kind", type(x).__name__)
    return x


@contextmanager
def entered(name):
    print("enter", name)
    try:
        yield name
    finally:
        print("exit", name)


def f():
    with kind(entered(tick("a"))) as a:
        print(a)
    with entered(tick("a")) as a, kind(entered(tick("b"))) as b:
        print(a, b)
        return kind(b)


print(f())
