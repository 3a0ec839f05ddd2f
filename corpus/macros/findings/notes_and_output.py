# Notes and warnings stand beside the output; each call has its own, in the order of the file.
from cython.meta import macro, uneval, note, warn, comptime

CALLS = comptime([])


@macro
def shown(x):
    tree = uneval(x)
    CALLS.append(str(tree))
    note(tree, f"call {len(CALLS)}: {tree}")
    if not tree.free_vars():
        warn(tree, "this is a constant")
    return tree


def f(a):
    return shown(a), shown(1 + 2), [shown(i) for i in a]


print(f([1]))
