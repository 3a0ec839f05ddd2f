# The order of evaluation is what the plain functions have.
from cython.meta import macro

log = []


def say(word):
    log.append(word)
    return len(log)


@macro
def pair(a, b):
    return a, b


@macro
def power(base, n):
    result = base
    for _ in range(n - 1):
        result = result * 2
    return result


@macro
def looked(obj, key):
    return obj[key].real


def f():
    first = [say("a"), pair(say("b"), say("c")), say("d")]
    second = say("e") + power(say("f"), 3) + looked([say("g")], -1)
    third = pair(b=say("h"), a=1)
    fourth = say("i") if pair(0, say("j"))[0] else power(say("k"), 2)
    fifth = False and power(say("never"), 2) or [power(say("l"), 2) for _ in range(2)]
    return first, second, third, fourth, fifth


print(f())
print(log)
