# The variables of an unrolled body and those around the call don't meet.
from cython.meta import unroll


def tick(value):
    print("tick", value)
    return value


limit = 100


@unroll
def summed(x, n):
    total = limit
    for i in range(n):
        if x > i:
            total += x
            y = total
        else:
            y = i
    return total, y


def f(total, y, i, limit):
    x = summed(total, 2), summed(tick(y), 1), summed(i, 3)
    return x, total, y, i, limit


def g(_total, _x):
    total = _total
    print = tick
    x, y = summed(_x, 2), summed(_x + total, 2)
    return x, y, total, _total, _x


def h(range, len):
    return summed(range, 2), [summed(total, 1) for total in len], len


print(f(1, 2, 3, 4))
print(g(1, 2))
print(h(1, [2, 3]))
total, y = summed(tick(5), 1)
print(total, y, limit, "i" in globals())
