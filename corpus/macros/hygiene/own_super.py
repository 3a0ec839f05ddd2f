# A function called `super` is like any other: only the builtin looks at its function.
from cython.meta import macro, uneval


def super():
    return "ours"


@macro
def later(x):
    return uneval(lambda: x)


class A:
    def f(self):
        return later(super())


print(A().f()())
