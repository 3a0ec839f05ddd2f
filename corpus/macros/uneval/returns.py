# What a macro may give: a run-time value, a static value, a tree, None.
from cython.meta import macro, uneval


@macro
def dynamic(x):
    return x


@macro
def static(x):
    return {"a": (1, 2.5, [None])}


@macro
def tree(x):
    return uneval(x)


@macro
def evaluated(x):
    return uneval(x).eval()


@macro
def nothing(x):
    uneval(x)


@macro
def twice(x):  # uneval: ignore[W0310]
    return uneval(x).eval() + uneval(x).eval()


@macro
def both(x, y):
    return uneval(y), uneval(x)


@macro
def moved(x, y):
    return uneval(x).eval() * y


def f(a, b):
    return (
        dynamic(a.b),
        static(a),
        tree(a()),
        evaluated(a()),
        nothing(a()),
        twice(a()),
        moved(a(), b),
    )


dynamic(print("kept"))
