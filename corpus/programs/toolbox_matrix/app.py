"""Fibonacci numbers by squaring matrices, and a turn in space."""
from cython.meta import comptime
from matrices import dot, identity, matmul, transform

ONE = comptime(identity(2))


def fibonacci(n):
    power, result = [[1, 1], [1, 0]], ONE
    while n:
        if n % 2:
            result = matmul(result, power)
        power = matmul(power, power, n=2)
        n //= 2
    return result[0][1]


def turned(points):
    quarter = ((0, -1, 0), (1, 0, 0), (0, 0, 1))
    return [transform(quarter, p, 3) for p in points]


def length2(v):
    return dot(v, v, 3)


print([fibonacci(n) for n in range(12)])
print(turned([(1, 0, 0), (1, 2, 3)]), length2((1, 2, 3)))
print(matmul(((1, 2), (3, 4)), ONE), matmul(ONE, [[5, 6], [7, 8]], out=[[None] * 2, [None] * 2]))
