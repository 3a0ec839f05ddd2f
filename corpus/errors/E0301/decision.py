# The proposal's own case: the name of the variable is known only when the program runs.
from cython.meta import macro, uneval, codenode, VALUE


@macro
def deriv(x, var):
    node = uneval(x)
    if node.name == var:
        return codenode(VALUE, [1])
    return codenode(VALUE, [0])


name = input()


def slope(x):
    return deriv(3*x*x, name)
