# A constant of a tree that has no source.
from cython.meta import macro, codenode, VALUE


@macro
def constant():
    return codenode(VALUE, [object()])


print(constant())
