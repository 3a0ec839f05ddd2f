# `eval(repr(tree)) == tree`, with the names of cython.meta at hand.
from cython.meta import macro, uneval


@macro
def law(x):  # uneval: ignore[W0309]
    # The builtin itself, since a plain `eval` stays for run time.
    from builtins import eval as evaluate
    from cython import meta
    tree = uneval(x)
    again = evaluate(repr(tree), vars(meta))
    return again == tree and repr(again) == repr(tree)


def f(a, b, c):
    return [
        law(a + b), law(a.b[c](1, *b, k=2)), law(lambda x, *y, z=1: x), law(f"{a!r:>{b}}"),
        law([x for x in a if x]), law({a: b, **c}), law(a < b < c), law("\n'\""), law(1e400),
        law(-0.0), law(1 + 2j), law(b"\xff"), law(...), law((yield a)), law(a[1:2, ...]),
    ]
