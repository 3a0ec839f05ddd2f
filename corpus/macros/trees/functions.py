# Lambdas, f-strings and assignment expressions as trees.
from cython.meta import macro, uneval, codenode, VALUE


@macro
def shape(x):  # uneval: ignore[W0309]
    return codenode(VALUE, [repr(uneval(x))])


def f(a, b):
    shape(lambda: a)
    shape(lambda p, /, q, r=1, *s, t, u=b, **v: p)
    shape(lambda *, k: k)
    shape(f"")
    shape(f"{a}")
    shape(f"text {a!r:>{b}} {{}} {a + b:.2f} end")
    shape(f"{a=}")
    shape("one" f"two {a}" "three")
    shape((n := a))
