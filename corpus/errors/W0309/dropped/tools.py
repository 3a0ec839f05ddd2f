"""Macros that look at code."""
from cython.meta import macro, uneval, codenode, CALL, VAR


@macro
def name_of(value):
    return str(uneval(value))


@macro
def first(*values):
    return uneval(values[0])


@macro
def log(message):
    """Is turned off."""
    text = uneval(message)


@macro
def rebuilt(call):
    """The call, with one more argument."""
    tree = uneval(call)
    return codenode(CALL, [*tree.args, codenode(VAR, name="n")])


@macro
def call_later(code):
    return uneval(lambda: code)


@macro
def when(test, then, otherwise):
    return uneval(then if test else otherwise)
