# The fresh names of nested calls of one macro are different from each other.
from cython.meta import macro, uneval, codenode, gensym, WALRUS, VAR, TUPLE


@macro
def around(x, y):
    kept = gensym("kept")
    return codenode(TUPLE, [
        codenode(WALRUS, [codenode(VAR, name=kept), uneval(x)]), uneval(y), codenode(VAR, name=kept),
    ])


def f(a, b):
    return around(a, around(b, 0))


print(f(1, 2))
