# `note` shows what a macro sees: trees, types, progress.
from cython.meta import macro, uneval, note


@macro
def shown(x):
    tree = uneval(x)
    note(tree, f"{tree!r}\n{tree}")
    note(tree.args[0], "the first part")
    note("about the call")
    return tree


def f(a):
    return shown(a + 1)
