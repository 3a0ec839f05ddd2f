# What a macro leaves of a definition or block is no statement.
from cython.meta import macro, uneval, codenode, PARAM, EMPTY


@macro
def part(function):
    uneval(function)
    return codenode(PARAM, [codenode(EMPTY), codenode(EMPTY)], name="x")


@macro
def parts(function):
    return [uneval(function), uneval(function).parameters]


@macro
def mixed(function):
    return [uneval(function), [1]]


@macro
def used(block):
    tree = uneval(block)
    return print(block)


@macro
def broken(function):
    tree = uneval(function)
    tree.name = None
    return tree


@part
def a(x): pass


@part
def b(): pass


@parts
def c(x): pass


@mixed
def d(): pass


@broken
def e(): pass


with used():
    pass
