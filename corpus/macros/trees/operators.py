# Each operator's op, as `repr` shows it.
from cython.meta import macro, uneval, codenode, VALUE


@macro
def shape(x):
    return codenode(VALUE, [repr(uneval(x))])


def binary(a, b):
    return [
        shape(a + b), shape(a - b), shape(a * b), shape(a / b), shape(a // b), shape(a % b),
        shape(a @ b), shape(a ** b), shape(a << b), shape(a >> b), shape(a | b), shape(a ^ b),
        shape(a & b),
    ]


def unary(a):
    return [shape(-a), shape(+a), shape(~a), shape(not a)]


def logic(a, b, c):
    return [shape(a and b and c), shape(a or b), shape(a if b else c)]


def comparisons(a, b, c):
    return [
        shape(a == b), shape(a != b), shape(a < b), shape(a <= b), shape(a > b), shape(a >= b),
        shape(a is b), shape(a is not b), shape(a in b), shape(a not in b),
        shape(a < b <= c is not a),
    ]
