# The fields of a node can be changed; each `uneval` gives a tree of its own.
from cython.meta import macro, uneval, codenode, op, PLUS, MINUS, VALUE, ADD, SUB, POWER, EXP


@macro
def changed(x):
    tree, other = uneval(x), uneval(x)
    tree.op = MINUS
    tree.args[0] = codenode(VALUE, [1])
    tree.args.append(tree.args.pop(0))
    return codenode(op.TUPLE, [tree, other])


@macro
def aliased_names():
    return ADD == PLUS == op.ADD, SUB == MINUS, POWER is EXP or POWER == EXP, repr(ADD), op.PLUS != op.MINUS


@macro
def copies(x):
    from copy import copy, deepcopy
    tree = uneval(x)
    first, second, third = tree.copy(), copy(tree), deepcopy(tree)
    tree.op = MINUS
    return [str(tree), str(first), str(second), str(third), first == second == third != tree]


@macro
def hashed(x):
    try:
        return hash(uneval(x))
    except TypeError as error:
        return str(error)


def f(a, b):
    return changed(a + b), aliased_names(), copies(a + b), hashed(a)
