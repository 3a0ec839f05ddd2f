# Calls in annotations: evaluated when the function is defined or, of a variable, in module and class.
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


def f(a: log(tick("a")), b: twice(tick("b")) = log(tick("default")), *c: ignore(tick("c")),
      d: tick("d") = bump(tick(1)), **e: twice(tick("e"))) -> log(tick("return")):
    x: twice(tick("a local one isn't evaluated")) = log(tick("value"))
    y: twice(tick("nor is this"))
    return a, b, c, d, e, x


print(f.__annotations__)
print(f(1))
n: log(tick("annotation")) = twice(tick("before it"))
m: bump(tick(1))
print(n, __annotations__)


class C:
    size: log(tick("of a class")) = twice(tick(1))
    name: twice(tick("no value"))

    def method(self, x: log(tick("method"))) -> twice(tick("result")):
        return log(x)


print(C.__annotations__, C.size, C.method.__annotations__)
print((lambda x: bump(x))(1))
