# A macro among several items; macros that don't take the block are calls as any are.
from contextlib import contextmanager
from cython.meta import macro, uneval


@contextmanager
def manager(name):
    print("enter", name)
    yield name
    print("exit", name)


@macro
def twice(block):
    tree = uneval(block)
    return [tree.body, tree.body]


@macro
def dropped(block):
    uneval(block)


@macro
def managed(name):
    return manager(name)


with manager("a") as a, twice(), manager("b") as b:
    print(a, b)

with (
    manager("c") as c,
    manager("d") as d,  # the second
    twice(),
):
    # about it
    print(c, d)

with manager("e"), dropped():
    print("never")

with twice(), twice():
    print("four times")

with managed("f") as f, managed("g"):
    print(f)

with managed("h") as h, twice():
    print(h)
