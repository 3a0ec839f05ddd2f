# `error(node, "…")` speaks with the labels of the tool.
from cython.meta import macro, uneval, error, op


@macro
def only_names(x):
    tree = uneval(x)
    for node in tree.walk():
        if node.op != op.VAR and node.op != op.PLUS:
            error(node, f"only names and sums, not {node}")
    return tree


@macro
def never():
    error("this macro can't be called")


@macro
def about_value(x):
    error(x, "this value")


def f(a, b):
    return only_names(a + b), only_names(a + 2 * b), never(), about_value(a.b)
