# Every way of passing arguments to an unrolled function, evaluated once and in order.
from cython.meta import unroll


def tick(value):
    print("tick", value)
    return value


@unroll
def shown(a, b=2, /, c=3, *rest, d, e=5, **named):
    out = [a, b, c, d, e]
    for i in range(len(rest)):
        out.append((i, rest[i]))
    for name in sorted(named):
        out.append((name, named[name]))
    return out


@unroll
def unused(a, b, c=None):
    return b


@unroll
def rebound(x, n):
    x = x + n
    n = x
    x += 1
    return x, n


def f(x, n):
    print(shown(x, d=1))
    print(shown(tick(x), tick(1), tick(2), tick(3), *[tick(4)], d=tick(5), e=tick(6), z=tick(7), y=tick(8)))
    print(shown(e=tick(1), *(2, tick(3)), d=tick(4), **{"k": tick(5)}))
    print(unused(tick(1), tick(2), tick(3)), unused(c=tick(1), b=tick(2), a=tick(3)), unused(1, x))
    return rebound(x, 2), rebound(tick(x), tick(n)), x, n


print(f(1, 10))
