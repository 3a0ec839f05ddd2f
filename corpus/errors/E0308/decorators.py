# A decorator above a macro that leaves no definition of the name.
from cython.meta import macro, uneval


def plain(function):
    return function


@macro
def gone(function):
    uneval(function)


@macro
def renamed(function):
    tree = uneval(function)
    tree.name = "other"
    return tree


@macro
def valued(function):
    return len(uneval(function).body)


@macro
def same(function):
    return uneval(function)


@plain
@gone
def one():
    pass


@plain(1)
@renamed
def two():
    pass


@same
@plain
@valued
def three():
    pass


class Class:
    @staticmethod
    @gone
    def four():
        pass

    @same
    @gone
    @plain
    def five():
        pass
