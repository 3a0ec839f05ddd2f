# A variable needs a name.
from cython.meta import macro, codenode, VAR


@macro
def nameless():
    return codenode(VAR)


print(nameless())
