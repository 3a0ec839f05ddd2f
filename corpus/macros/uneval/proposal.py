# The macro of language.md §1, defined where it is used.
from math import sin
from cython.meta import macro, uneval, codenode, PLUS, MULTIPLY, VALUE


@macro
def deriv(x, var):
    node = uneval(x)
    if node.name == var:
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


def slope(x):
    return deriv(3*x*x + sin(34), "x")      # sin is never called at run time


print(slope(2))
