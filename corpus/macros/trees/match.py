# `match` on trees: by keyword, by position, nested.
from cython.meta import macro, uneval, codenode, op


@macro
def kind(x):  # uneval: ignore[W0309]
    match uneval(x):
        case codenode(op=op.PLUS, args=[codenode(op=op.VALUE, args=[left]), _]):
            return f"{left} plus something"
        case codenode(op=op.PLUS, args=[l, r]) if l == r:
            return f"twice {l}"
        case codenode(op=op.PLUS | op.MINUS as which, args=[l, r]):
            return f"{which} of {l} and {r}"
        case codenode(op.CALL, [codenode(name="sin"), argument]):
            return f"the sine of {argument}"
        case codenode(op.CALL, [callee, *arguments]):
            return f"{callee} of {len(arguments)}"
        case codenode(name=str(name)):
            return f"the variable {name}"
        case _:
            return "something else"


def f(a, b, sin, cos):
    return [
        kind(1 + a), kind(a + a), kind(a + b), kind(a - b), kind(sin(a)), kind(cos(a, b)),
        kind(a), kind(a * b),
    ]
