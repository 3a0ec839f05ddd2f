# Compile-time names in code that runs.
import cython.meta
from cython.meta import uneval, codenode, PLUS, note


def f(x):
    return uneval(x)


tree = codenode(PLUS, [])
cython.meta.note("at run time")
ops = {"+": PLUS}
print(note)
