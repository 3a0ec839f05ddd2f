"""Small matrices: products of a size that is known when the program is expanded."""
from cython.meta import macro, comptime, unroll


@macro
def dot(a, b, n):
    """The sum of the products of n elements."""
    total = a[0] * b[0]
    for k in range(1, n):
        total = total + a[k] * b[k]
    return total


@macro
def transform(m, v, n):
    """The n×n matrix m times the vector v."""
    return tuple(dot(m[i], v, n) for i in range(n))


@unroll
def matmul(a, b, n=2, out=None):
    """The product of two n×n matrices, as a list of rows, or written into `out`."""
    out = [[0] * n for _ in range(n)] if out is None else out
    for i in range(n):
        for j in range(n):
            total = 0
            for k in range(n):
                total = a[i][k] * b[k][j] if k == 0 else total + a[i][k] * b[k][j]
            out[i][j] = total
    return out


@comptime
def identity(n):
    return [[int(i == j) for j in range(n)] for i in range(n)]
