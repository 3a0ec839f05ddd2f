# Compile time goes through a file in its order: what a decorator's macro keeps is known below.
from cython.meta import macro, uneval, comptime, unroll, codenode, VAR, VALUE, DICT, PAIR

names = comptime([])
early = comptime(tuple(names))


@macro
def registered(function):
    tree = uneval(function)
    names.append(tree.name)
    return tree


@macro
def kept(function):
    return uneval(function)


@macro
def table():
    pairs = [codenode(PAIR, [codenode(VALUE, [name]), codenode(VAR, name=name)]) for name in names]
    return codenode(DICT, pairs)


@registered
def a():
    return "a"


@registered
@kept
def b():
    return "b"


between = comptime(tuple(names))

for name in unroll(names):
    print("so far", name)


if comptime(len(names) > 5):
    @registered
    def never():
        pass
else:
    @kept
    @registered
    def c(): return "c"


@registered
class D:
    @registered
    def method(self):
        pass


late = comptime(tuple(names))
print(early, between, late)
print({name: f.__name__ for name, f in table().items() if name != "method"} if comptime("method" not in names) else comptime(names[:]))
