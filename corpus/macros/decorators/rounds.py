# Expansion goes on in what a macro leaves: other macros, branches and loops of compile time.
from cython.meta import macro, uneval, quote, comptime, unroll, codenode, CALL, VAR, VALUE, op


@macro
def double(x):
    return uneval(x) + uneval(x)


@macro
def logged(function):
    tree = uneval(function)
    name = tree.name
    with quote as line:
        print("enter", name, double(1))
    tree.body.insert(0, line)
    return tree


@macro
def all_logged(cls):
    tree = uneval(cls)
    for part in tree.body:
        if part.op == op.DEF:
            part.decorators = [uneval(logged_by()), *part.decorators]
    return tree


@macro
def logged_by():
    return codenode(VAR, name="logged")


@macro
def countdown(function, n):
    tree = uneval(function)
    if n:
        again = codenode(CALL, [codenode(VAR, name="countdown"), codenode(VALUE, [n - 1])])
        tree.decorators = [again, *tree.decorators]
    with quote as line:
        print("countdown", n)
    tree.body.insert(0, line)
    return tree


@macro
def powers(function, n):
    tree = uneval(function)
    with quote as left:
        tree
        for i in unroll(range(n)):
            print(double(i))
        if comptime(n > 1):
            print("many")
    return left


class Plain:
    @logged
    def f(self):
        return double(2)


@all_logged
class Logged:
    @staticmethod
    def f():
        @logged
        def inner():
            return double(3)
        return inner()

    def g(self):
        return [double(i) for i in range(2)]


@countdown(2)
def down():
    return 0


@powers(2)
def up():
    for i in unroll(range(2)):
        print(double(i))


for i in unroll(range(2)):
    @logged
    def made():
        return i * 2
    print(made())

print(Plain().f(), Logged.f(), Logged().g(), down(), up())
