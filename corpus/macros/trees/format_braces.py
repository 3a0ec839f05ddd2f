# Braces in a format specification, and constants whose signs their source would lose.
from cython.meta import VALUE, codenode, macro, op, uneval


@macro
def formatted(x):
    field = codenode(op.FIELD, [uneval(x), codenode(op.FSTRING, [codenode(VALUE, ["{x}"])])])
    return codenode(op.FSTRING, [field])


class Shown:
    def __format__(self, spec):
        return spec


@macro
def reads_back(x):
    from builtins import eval as evaluate
    from cython import meta
    values = [complex(0, -1.5), complex(1, -2), float("-inf"), -0.0, -2]
    trees = [codenode(VALUE, [value]) for value in values]
    return [evaluate(repr(tree), vars(meta)) == tree for tree in trees]


print(formatted(Shown()), reads_back(1))
