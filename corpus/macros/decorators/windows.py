from cython.meta import macro, uneval, quote


@macro
def logged(function):
    tree = uneval(function)
    with quote as line:
        print("logged")
    tree.body.insert(0, line)
    return tree


# about f
@logged  # beside
def f():
    """Of
    two lines."""
    return 1  # one


class A:
    @logged

    # between
    def g(self):
        return """a
b"""

print(f(), A().g())
@logged
def h(): pass