# `str` of a tree is formatted Python.
from cython.meta import macro, uneval, codenode, VALUE, PLUS, VAR, MULTIPLY


@macro
def text(x):
    return codenode(VALUE, [str(uneval(x))])


@macro
def built():
    a = codenode(PLUS, [codenode(VALUE, [23]), codenode(VAR, name="c")], name="a")
    return codenode(VALUE, [str(codenode(MULTIPLY, [a, a], name="b"))])


def f(a, b):
    return [
        text(a+b   * (a-b)), text( ( a ) ), text('x'"y"), text(lambda  x:x), text(a [ 1 : 2 ]),
        text(a if b else(a, )), built(),
    ]
