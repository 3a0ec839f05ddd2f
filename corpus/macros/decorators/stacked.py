# Macros among ordinary decorators and each other: bottom up; those below are in the tree.
from cython.meta import macro, uneval, quote, codenode, VAR

order = []


def plain(label):
    def decorate(function):
        order.append(label)
        return function
    return decorate


@macro
def noting(function, label):
    tree = uneval(function)
    below = [str(decorator) for decorator in tree.decorators]
    with quote as line:
        order.append((label, below))
    return [line, tree]


@macro
def quiet(function):
    tree = uneval(function)
    tree.decorators = []
    return tree


@macro
def negated(function):
    tree = uneval(function)
    own = tree.name
    tree.name = own + "_plain"
    tree.decorators = []
    source = codenode(VAR, name=tree.name)
    with quote as negative:
        def own(x):
            return -source(x)
    return [tree, negative]


@plain("above")
@noting("once")
@plain("below")
def one(x):
    return x


@plain("top")  # a comment beside
# and one between
@noting("outer")
@plain("middle")
@noting("inner")
@plain("bottom")
def two(x):
    return x


@noting("same line")
@noting("first")
def three(x): return x


@plain("kept")
@quiet
@plain("dropped")
@plain(
    "dropped as well",
)
def four(x): return x


@plain("on the new one")
@negated
@plain("dropped")
def six(x):
    return x


class Class:
    @staticmethod
    @plain("static")
    @noting("method")
    def five(x):
        return x


print(order)
print(one(1), two(2), three(3), four(4), Class.five(5), six(6), six_plain(6))
