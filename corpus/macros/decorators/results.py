# What a macro may leave of a definition.
from cython.meta import macro, uneval, quote, codenode, VALUE, VAR


@macro
def same(function):
    return uneval(function)


@macro
def gone(function):
    uneval(function)


@macro
def gone_as_a_list(function):
    return [uneval(function)][:0]


@macro
def numbered(function, *names):
    copies = []
    for name in names:
        copy = uneval(function)
        copy.name = name
        copies.append(copy)
    return [copies, (uneval(function),)]


@macro
def with_table(function):
    tree = uneval(function)
    table = codenode(VAR, name="table")
    name = tree.name
    with quote as left:
        tree
        table = {name: 1}
    return left


@macro
def its_name(function):
    return uneval(function).name


@macro
def its_size(function):
    return codenode(VALUE, [len(uneval(function).body)])


def logged(it):
    print("logged", getattr(it, "__name__", it))
    return it


@macro
def wrapped(function):
    if len(uneval(function).body) > 1:
        return logged(function)
    return function


@macro
def put(function):
    uneval(function).eval()
    uneval(function).eval()


@same
def first(): return 1


@gone
def second():
    return 2


class Empty:
    @gone
    def method(self):
        pass


class Half:
    @gone_as_a_list
    def method(self):
        pass

    size = 1


def only():
    @gone
    def inner(): pass


@numbered("third", "fourth")
def fifth():
    return 5


@with_table
def sixth():
    return 6


@its_name
def seventh(): pass


@logged
@its_size
def eighth():
    pass
    pass


@wrapped
def ninth(x):
    x += 1
    return x


@wrapped
def tenth(x):
    return x


@put
class Eleventh:
    pass


print(first(), Empty().__class__.__name__, Half.size, only(), third(), fourth(), fifth())
print(sixth(), table, seventh, eighth, ninth(8), tenth(10), Eleventh.__name__)
