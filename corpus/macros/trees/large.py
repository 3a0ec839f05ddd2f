# A tree of some thousand nodes: built, walked and differentiated in linear time.
from cython.meta import macro, uneval, codenode, VAR, PLUS, MULTIPLY


@macro
def nodes(count):
    tree = codenode(VAR, name="x")
    for i in range(count):
        tree = tree + i
    return len(tree.walk())


@macro
def product(count):
    tree = uneval(1)
    for i in range(count):
        tree = codenode(PLUS, [codenode(MULTIPLY, [tree, codenode(VAR, name="x")]), uneval(i)])
    return tree


def f(x):
    return nodes(1_000), product(12)
