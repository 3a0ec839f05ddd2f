# Calls among the arguments of calls: what stands before is evaluated before.
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


@macro
def swapped(a, b):
    return b, a


def shown(*values, **named):
    print("called", values, named)
    return values


def f(x):
    shown(tick("a"), twice(tick("b")), tick("c"))
    shown(tick(1), k=twice(tick(2)), l=tick(3))
    shown(*tick("xy"), log(tick("b")), *twice(tick("z")), tick("c"))
    shown(tick(1), *log(tick((2,))), k=bump(tick(3)), **log(tick({"l": 4})), m=tick(5))
    shown(log(x), ignore(tick("gone")), log(x), ignore(x))
    shown(shown(tick(1), twice(tick(2))), swapped(tick(3), tick(4)), tick(5))
    shown(**tick({"a": 1}), **put(tick({}), tick("b"), tick(2)))
    print(tick("inside"), log(tick("print")), tick("after"), sep=twice(tick("-")))


f("x")
shown(tick("in"), twice(tick("the")), tick("module"))
