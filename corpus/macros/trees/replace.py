# `replace(fn)` puts what `fn` gives in the place of each node, from the leaves up.
from cython.meta import macro, uneval, codenode, op, VALUE


@macro
def doubled_numbers(x):
    def change(node):
        if node.op == op.VALUE:
            return codenode(VALUE, [node.args[0] * 2])
    return uneval(x).replace(change)


@macro
def folded(x):
    def change(node):
        match node:
            case codenode(op=op.PLUS, args=[codenode(op=op.VALUE, args=[a]),
                                            codenode(op=op.VALUE, args=[b])]):
                return codenode(VALUE, [a + b])
    return uneval(x).replace(change)


def f(a):
    return doubled_numbers(a + 1 * 3), folded((1 + 2) + (3 + 4) * a)
