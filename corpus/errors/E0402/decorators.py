# A macro that leaves a definition with itself as a decorator, or a block that it takes.
from cython.meta import macro, uneval, codenode, VAR


@macro
def again(function):
    tree = uneval(function)
    tree.decorators = [codenode(VAR, name="again"), *tree.decorators]
    return tree


@macro
def block_again(block):
    return uneval(block)


@again
def f():
    return 1


class A:
    @again
    def g(self):
        return 2


with block_again():
    print(1)
