# `has_effects()`: whether evaluating the code may do more than give a value.
from cython.meta import macro, uneval


@macro
def acts(x):  # uneval: ignore[W0309]
    return uneval(x).has_effects()


def f(a, b):
    return [
        acts(1), acts(a), acts((a, [b])), acts(lambda: a()), acts(a()), acts((x := a)),
        acts(a is b), acts("text"),
    ]


def g(a, b):
    return [acts(a + b), acts(a.b), acts(a[b]), acts(f"{a}"), acts([x for x in a]), acts(not a)]
