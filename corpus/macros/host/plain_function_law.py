# A macro that never unevals behaves as the plain function it is written as.
from cython.meta import macro

log = []


def say(word, value):
    log.append(word)
    return value


@macro
def second(a, b):
    return b


@macro
def combined(a, b, c=1, *rest, k=2):
    return (a + b) * c + k


@macro
def described(obj, other):
    return obj.name.upper() + other["key"][1:].strip()


class Thing(dict):
    name = "thing"


def f(x):
    return combined(say("a", x), say("b", 2), k=5), combined(x, x, 3)


print(f(1), log)
thing = Thing(key=" value ")
print(described(thing, thing))
print(second(1, say("second", 2)), log)
