# The derivative of a derivative, through the variables that hold them.
from cython.meta import codenode, macro, uneval, MULTIPLY, PLUS, VALUE


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


def motion(t: float):
    position = 5 * t * t + 3 * t
    speed = deriv(position, "t")
    acceleration = deriv(speed, "t")
    return position, speed, acceleration


print(motion(2.0))
