# Parentheses where precedence and associativity ask for them, and nowhere else.
from cython.meta import macro, uneval, codenode, comptime, op


@macro
def each(x, y):
    l, r = uneval(x), uneval(y)
    binary = [op.PLUS, op.MINUS, op.MULTIPLY, op.DIVIDE, op.MOD, op.EXP, op.LSHIFT, op.BITOR,
              op.BITXOR, op.BITAND, op.MATMUL, op.FLOORDIV, op.EQ, op.IN, op.IS, op.AND, op.OR]
    return codenode(op.LIST, [codenode(o, [l, r]) for o in binary])


@comptime
def around_plain(n):
    name = codenode(op.VALUE, ["name"])
    key = codenode(op.KEYWORD, [n], name="k")
    return [
        codenode(op.NEG, [n]), codenode(op.NOT, [n]), codenode(op.INVERT, [n]),
        codenode(op.ATTR, [n, name]), codenode(op.INDEX, [n, n]), codenode(op.CALL, [n, n, key]),
        codenode(op.CALL, [n, codenode(op.STAR, [n]), codenode(op.DOUBLESTAR, [n])]),
        codenode(op.IF, [n, n, n]), codenode(op.TUPLE, [n]), codenode(op.SET, [n, n]),
        codenode(op.DICT, [codenode(op.PAIR, [n, n]), codenode(op.DOUBLESTAR, [n])]),
        codenode(op.AND, [n, n]),
        codenode(op.FSTRING, [codenode(op.FIELD, [n, codenode(op.EMPTY)])]),
        codenode(op.WALRUS, [codenode(op.VAR, name="w"), n]),
    ]


@macro
def around(x):
    n = uneval(x)
    return codenode(op.LIST, around_plain(n) + [
        codenode(op.LAMBDA, [codenode(op.PARAMS), n]),
        codenode(op.LISTCOMP, [n, codenode(op.FORCLAUSE, [codenode(op.VAR, name="v"), n, n])]),
    ])


@macro
def around_unmoved(x):  # uneval: ignore[W0310]
    return codenode(op.LIST, around_plain(uneval(x)))


def binary(a, b):
    each(a + b, a - b)
    each(a * b, a ** b)
    each(-a, -b)
    each(not a, a < b)
    each(a if b else a, lambda: a)
    each((a, b), [a])


def other(a, b):
    around(a)
    around(a + b)
    around(-a)
    around(not a)
    around(a < b)
    around(a if b else a)
    around(lambda: a)
    around((a, b))
    around_unmoved((a := b))
    around(1)
    around(1.5)
    around({"k": a})
    around("text")
    around(x for x in a)


def yields(a):
    around_unmoved((yield a))


async def awaits(a):
    around_unmoved(await a)
