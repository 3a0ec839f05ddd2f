# Augmented assignments in macros: of run-time values, and of what is known.
from cython.meta import macro

log = []


def say(value):
    log.append(value)
    return value


class Box:
    size = 1


@macro
def local(x, y):
    r = x
    r += y
    return r


@macro
def parameter(x):
    x -= 1
    return x


@macro
def known(x):
    n = 10
    n -= x
    s = "%s!"
    s %= x
    t = (1,)
    t += (x, 2)
    return n, s, t


@macro
def parts(x, d, key):
    x.size += say(2)
    d[key] *= say(3)
    static = {"a": 1, "b": [1]}
    static["a"] += x.size
    static["b"] += [x.size, 5]
    return static["a"], static["b"], d


@macro
def number(x):
    total = 0
    for factor in (1, 2):
        total = total + x * factor
    total **= 2
    return total


items = [1]
print(local(items, [2]), items)
print(local(3, items[0]), parameter(items[1]), known(items[0]))
print(parts(Box(), dict(k=2), say("k")), log)
print(number(items[1]))
