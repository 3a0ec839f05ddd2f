# A tuple that stands in a result more than once is one object there, and is written once.
from uneval.meta import macro


@macro
def pairs(x, n):
    t = x
    for _ in range(n):
        t = t, t
    return t


@macro
def parts(x):
    t = [x], x
    return t, t, {"k": t}, {(x, 1): t}, [t, t[0]]


def main(x):
    t = pairs(x, 16)
    print(t[0][1] is t[1][1], t[0][0][0][0] is t[1][1][1][1])
    r = parts(x)
    r[0][0].append(1)
    print(r)


main(4)
