# Calls in decorators: evaluated from the top, applied from the bottom, before the name is bound.
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
def kind(x):
    print("kind", type(x).__name__)
    return x


@macro
def bump(x):
    x += 1
    return x


def named(name):
    print("named", name)

    def decorate(thing):
        print("decorate", name)
        return thing
    return decorate


@named(twice(tick("a")))
@named(tick("b"))
@(lambda thing: kind(named(log(tick("c"))))(thing))
def f(x=twice(tick("default"))):
    return x


@named(log(tick("class")))
class C(log(tick(object))):
    print("body", twice(tick("body")))

    @staticmethod
    @named(twice(tick("method")))
    def method(x):
        return bump(x)

    @property
    def size(self):
        return twice(tick(2))

    @size.setter
    def size(self, value):
        print("set", log(value))


def outer(key):
    @named(twice(tick(key)))
    def inner():
        return log(key)
    return inner


print(f(), C.method(1), C().size, outer("k")())
C().size = twice(tick(3))
