# Calls among the bases and keywords of a class, which come before its body.
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
def put(d, k, v):
    d[k] = v
    return d


class Base:
    def __init_subclass__(cls, /, **keywords):
        print("subclass", cls.__name__, keywords)


class A(log(Base), name=twice(tick("name")), size=tick(1)):
    print("body of A")


class B(tick(A), *log(tick(())), size=ignore(tick(2)), **put(tick({}), tick("more"), tick(3))):
    print("body of B")


class C(log(tick(Base)), metaclass=log(type), k=twice(tick("k"))): pass


def make(x):
    class Local(Base, x=twice(tick(x)), y=log(tick("y"))):
        z = twice(x)
    return Local


print(make("x").z, B.__mro__[1].__name__, C.__name__)
