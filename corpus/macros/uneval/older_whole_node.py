# Comparing whole trees instead of names: the variable may be any expression.
from cython.meta import macro, uneval, codenode, PLUS, MULTIPLY, VALUE


@macro
def deriv(x, var):
    node = uneval(x)
    if node == uneval(var):
        return codenode(VALUE, [1])
    if node.op == PLUS:
        return codenode(PLUS, [deriv(a, var) for a in node.args])
    if node.op == MULTIPLY:
        left, right = node.args
        return left * deriv(right, var) + deriv(left, var) * right
    return codenode(VALUE, [0])


def f(a, p):
    return deriv(5*a + p.b, a), deriv(p.x * p.x + p[0], p.x)
