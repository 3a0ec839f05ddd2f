# The compile-time names under other names of the file's choosing.
from cython.meta import macro as m, uneval as code, codenode as node, VALUE as CONSTANT


@m
def text_of(x):
    return node(CONSTANT, [str(code(x))])


def show(a, b):
    return text_of(a + b), a + b
