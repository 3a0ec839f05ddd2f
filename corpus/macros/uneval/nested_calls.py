# Macro calls in the arguments of macro calls are expanded first.
from cython.meta import macro, uneval


@macro
def plus_one(x):
    return x + 1


@macro
def text(x):
    return str(uneval(x))


@macro
def second(x, y):
    return uneval(y)


def f(a):
    return [
        plus_one(plus_one(a)),
        plus_one(plus_one(1)),
        text(plus_one(a)),
        text(plus_one(1)),
        second(1, plus_one(a) * plus_one(2)),
        text(text(text(a))),
        plus_one(x=plus_one(x=a)),
        text([plus_one(i) for i in a]),
        text(lambda a: plus_one(a)),
    ]


print(f(1)[:2])
