# Calls in the bodies of classes, whose names comprehensions and methods don't see.
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


@macro
def bump(x):
    x += 1
    return x


size = "of the module"


class C:
    size = twice(tick(1))
    doubled = twice(size), log(size)
    first, *rest = log(tick([1, 2, 3]))
    table = put(tick({}), tick("size"), tick(size))
    table[twice(tick("k"))] = log(tick("v"))
    if log(tick(size)) > 1:
        large = bump(size)
    for i in log(range(2)):
        table[i] = twice(i)
    named = [log(size) for _ in "a"]
    sizes = [twice(n) for n in log([size, 1])]
    get = lambda self: twice(size)

    def method(self, x=log(tick("default"))):
        return twice(self.size), log(size), x

    class Inner:
        size = log(size)
        more = twice(tick("inner"))


print({k: v for k, v in vars(C).items() if k[0] != "_" and not callable(v)})
print(C().get(), C().method(), C.Inner.size, C.Inner.more)
