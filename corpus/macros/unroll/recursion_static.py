# Recursion on static arguments ends while the program is expanded.
from cython.meta import unroll


def tick(value):
    print("tick", value)
    return value


@unroll
def power(x, n):
    if n == 0:
        return 1
    if n == 1:
        return x
    half = power(x, n // 2)
    return half * half * x if n % 2 else half * half


@unroll
def horner(x, coefficients):
    if not coefficients:
        return 0
    *rest, last = coefficients
    return horner(x, rest) * x + last


@unroll
def nested(value, shape):
    match shape:
        case "int":
            return int(value)
        case [inner]:
            return [nested(item, inner) for item in value]
        case (*inner,):
            return tuple(nested(value[i], inner[i]) for i in range(len(inner)))
        case _:
            return shape, value


@unroll
def even(n, x):
    return x if n == 0 else odd(n - 1, x)


@unroll
def odd(n, x):
    return -x if n == 0 else even(n - 1, x)


def f(x):
    return power(x, 10), power(tick(x), 5), horner(tick(x), (1, 2, 3)), even(3, x), odd(tick(3), x)


print(f(2), f(3))
print(nested(["1", ["2", "3"], "4"], ("int", ["int"], "other")))
