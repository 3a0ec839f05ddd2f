# Closures made by an unrolled function that is called in a loop: each has its own variables.
from cython.meta import unroll


def tick(value):
    print("tick", value)
    return value


@unroll
def later(x, names):
    for name in names:
        y = (name, x)
    return lambda: y


@unroll
def counter(x):
    n = x

    def count():
        nonlocal n
        n += 1
        return n
    return count


@unroll
def lazy(x, n):
    return (x * i for i in range(n))


def f(xs):
    made = []
    counters = []
    for x in xs:
        made.append(later(tick(x), "ab"))
        counters.append(counter(x))
    print([make() for make in made], [count() + count() for count in counters])
    print([count() for count in counters])
    more = [later(x, "c") for x in xs]
    generators = [lazy(tick(x), 3) for x in xs]
    return [make() for make in more], [list(g) for g in generators]


print(f([1, 10]))
i = 0
made = []
while i < 2:
    made.append(later(i, ("m",)))
    i += 1
print([make() for make in made])
