# Trees written as JSON come back as they were; names mean what they mean where the tree is put.
from cython.meta import macro, uneval, codenode


@macro
def again(x):
    return codenode.from_json(uneval(x).json())


@macro
def twice(x):
    tree = uneval(x)
    both = tree + tree
    text = both.json()
    assert codenode.from_json(text) == both
    # A node that occurs twice is written once.
    assert text.count('"op"') == both.left.json().count('"op"') + 1
    return codenode.from_json(text)


def f(x, *rest):
    return again(lambda y=0x10, *z: f"{x!r:>{y}}" if x else [b"\xff", -0.0, 1e400, 2j, ...])


def g(x):
    return twice(x ** 2)


print(f(1)(), g(3))
