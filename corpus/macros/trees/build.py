# Trees built by Python's operators: constants are lifted, on either side.
from cython.meta import macro, uneval, codenode, op


@macro
def built(x):
    n = uneval(x)
    i = codenode(op.VAR, name="i")
    return codenode(op.LIST, [
        n + 1, 1 + n, n - i, 2 * n, n / 2, 7 // n, n % 3, n @ i, n ** 2, 2 ** n, n << 1, 1 >> n,
        n | 1, n ^ 1, n & i, -n, +n, ~n, (n + 1) * "text", -(n ** 2), (-n) ** 2,
    ])


@macro
def augmented(x):
    n = uneval(x)
    n += 1
    n *= 2
    return n


def f(a, b, i):
    return built(a), built(a + b), augmented(a)
