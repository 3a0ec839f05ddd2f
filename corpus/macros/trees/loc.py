# `loc`: the file, line and column that a node comes from.
from cython.meta import macro, uneval, codenode, VAR


@macro
def place(x):
    node = uneval(x)
    file, line, column = node.loc
    return [file.rpartition("/")[2], line, column]


@macro
def of_argument(x):
    return uneval(x).args[1].loc[1:]


@macro
def of_new():
    return codenode(VAR, name="a").loc[1:]


def f(a, b):
    return place(a), place(   a + b), of_argument(a
                                                  + b), of_new()
