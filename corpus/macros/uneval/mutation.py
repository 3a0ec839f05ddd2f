# Each `uneval` gives a fresh tree: changing one never changes another.
from cython.meta import macro, uneval, codenode, MINUS, VALUE


@macro
def fresh(x):
    first, second = uneval(x), uneval(x)
    first.op = MINUS
    inner = uneval(second)
    inner.args[0] = codenode(VALUE, [0])
    second.args.reverse()
    return [str(first), str(second), str(inner), str(uneval(x))]


@macro
def callee(tree):
    node = uneval(tree)
    node.op = MINUS
    return node


@macro
def caller(x):
    node = uneval(x)
    changed = callee(node)
    return str(node), changed


def f(a, b):
    return fresh(a + b), caller(a + b)
