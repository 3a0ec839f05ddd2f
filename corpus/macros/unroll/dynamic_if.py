# Branches on what is known only at run time: they stay, and both sides are specialised.
from cython.meta import unroll


def tick(value):
    print("tick", value)
    return value


@unroll
def clamp(x, low, high):
    if x < low:
        return low
    elif x > high:
        return high
    else:
        return x


@unroll
def steps(x, n):
    total = 0
    for i in range(n):
        if x > i:
            total += x * i
        elif x == i:
            total -= tick(i)
        else:
            break
    return total


@unroll
def nested(x, y, mode):
    if x:
        if mode == "and":
            return "both" if y else "first"
        if y:
            z = mode + "!"
        else:
            z = mode
        return z
    return not y and mode


def f(x, y):
    print(clamp(x, 0, 9), clamp(tick(x), tick(2), 5), steps(x, 3), steps(tick(x), 0))
    return nested(x, y, "and"), nested(tick(x), tick(y), "or")


for x in -1, 0, 2, 12:
    print(f(x, x == 2))
