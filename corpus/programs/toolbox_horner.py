"""Polynomials with known coefficients, evaluated with as few multiplications as possible."""
from cython.meta import macro, unroll


@macro
def poly(x, coefficients):
    """The polynomial with these coefficients, the highest power's first, at x."""
    result, *rest = coefficients
    for c in rest:
        result = result * x
        if c:
            result = result + c
    return result


@unroll
def power(x, n):
    """x ** n for a natural number n, by squaring."""
    factors = []
    while n:
        if n % 2:
            factors.append(x)
        n //= 2
        if n:
            x = x * x
    if not factors:
        return 1
    result, *rest = factors
    for factor in rest:
        result = result * factor
    return result


def read():
    print("read")
    return 2


def orbit(t, v):
    height = poly(t, [-5, 10, 100]) + v
    return height, poly(t + 1, (1, 2, 3)), poly(read(), [3, 0, 0, 1]), poly(v, [7])


def volume(side):
    return power(side, 3), power(side, 8), power(read(), 10), power(side, 1), power(side, 0)


print(orbit(2, 10))
print(volume(2), volume(1.5))
print(poly(10, [1, 2, 3]), [poly(x, [2, -1]) for x in range(3)])
