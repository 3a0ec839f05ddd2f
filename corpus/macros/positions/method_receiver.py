# Methods of what calls give, and calls among methods' arguments.
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
def put(d, k, v):
    d[k] = v
    return d


@macro
def bump(x):
    x += 1
    return x


class Chain:
    def __init__(self):
        self.log = []

    def add(self, *values):
        print("add", *values)
        self.log.append(values)
        return self

    @property
    def parent(self):
        print("parent")
        return self


def f(chain):
    chain.add(tick(1)).add(twice(tick(2))).add(tick(3))
    log(chain.add(0).log).append(tick("end"))
    twice(tick("text")).upper().count(log(tick("T")))
    chain.parent.add(bump(tick(4)), tick(5)).parent.add(twice(tick("six")))
    return put(chain.log, tick(0), tick("first")).pop(bump(tick(-1))), chain.log


print(f(Chain()))
print(twice(tick("a,b,")).split(log(tick(","))))
