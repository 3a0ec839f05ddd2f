# A `while` on what is known only at run time: what it changes is known no more.
from cython.meta import unroll


def tick(value):
    print("tick", value)
    return value


@unroll
def count(x, step):
    n = 0
    while x > n:
        n += step
    return n


@unroll
def digits(x, base):
    out = []
    scale = base * base
    while True:
        out.append(x % base)
        x = x // base
        if not x:
            break
    else:
        out.append("never")
    return out, scale


@unroll
def search(x, limit):
    i = 0
    found = "nothing"
    while i < limit:
        i += 1
        if i * i < x:
            continue
        if i * i == x:
            found = i
            break
        if i > x:
            return "gave up", i
    else:
        found = "end"
    return found, i


def f(x):
    return count(x, 3), count(tick(x), step=1), digits(x, 10), digits(tick(x), 2), search(x, 5)


for x in 0, 1, 9, 8, 26:
    print(f(x))
