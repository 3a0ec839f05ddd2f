# `walk()` goes over a tree from the root, each node before its children.
from cython.meta import macro, uneval


@macro
def ops(x):
    return [str(node.op) for node in uneval(x).walk()]


@macro
def renamed(x):
    tree = uneval(x)
    for node in tree.walk():
        if node.name == "a":
            node.name = "b"
    return tree.eval()


def f(a, b):
    return ops(a + 2 * -b), renamed(a + b * a)
