# The older spelling of the same macro: the variable is a tree as well.
from cython.meta import macro, uneval, codenode, PLUS, MULTIPLY, VALUE


@macro
def deriv(x, var):
    node = uneval(x)
    if node.name == uneval(var).name:
        return codenode(VALUE, [1])
    if node.op == PLUS:
        node.args = [deriv(a, var) for a in node.args]
    elif node.op == MULTIPLY:
        left, right = node.args
        node.op = PLUS
        node.args = [codenode(MULTIPLY, [left, deriv(right, var)]),
                     codenode(MULTIPLY, [deriv(left, var), right])]
    else:
        return codenode(VALUE, [0])
    return node.eval()


def f(a, b):
    return deriv(5*a + b, a)
