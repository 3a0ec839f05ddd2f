# `import cython.meta as meta`, and the names as its attributes.
import cython.meta as meta


@meta.macro
def negated(x):
    return meta.codenode(meta.NEG, [meta.uneval(x)])


def f(a):
    return negated(a * 2)
