# Functions inside unrolled functions: closures, nonlocal, defaults, late binding.
from cython.meta import unroll


def tick(value):
    print("tick", value)
    return value


@unroll
def makers(x, n):
    made = []
    for i in range(n):
        made.append(lambda: (x, i))
    for i in range(n):
        made.append(lambda i=i: (x, i))
    for i in range(n):
        def inner(y, i=i * 10):
            return x, y, i
        made.append(lambda inner=inner: inner("y"))
    x = "rebound"
    return made


@unroll
def counter(start, step):
    n = start

    def count():
        nonlocal n
        for _ in range(step):
            n += 1
        return n

    def reset(to=tick(start)):
        nonlocal n
        n = to
    return count, reset


@unroll
def choose(kind, x):
    if kind == "add":
        def action(y):
            return x + y
    else:
        action = lambda y: (kind, x, y)
    return action


def f(x):
    count, reset = counter(x, 2)
    print([make() for make in makers(x, 2)])
    print(count(), count(), reset(), count())
    return choose("add", tick(x))(tick(2)), choose("other", x)(3)


print(f(1))
