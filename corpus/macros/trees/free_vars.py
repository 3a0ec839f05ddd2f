# `free_vars()`: the names that the code uses and doesn't bind.
from cython.meta import macro, uneval


@macro
def names(x):  # uneval: ignore[W0309]
    return uneval(x).free_vars()


def f(a, b, c):
    return [
        names(a + b * a), names(1), names(a.b(c=c)), names(lambda x, y=b: x + y + a),
        names([x for x in a if b]), names((x := a) + x), names(f"{a!r:{b}}"),
        names([y for x in a for y in x]), names(sorted(a, key=lambda a: -a)),
    ]
