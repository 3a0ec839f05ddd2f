# Arguments written as constant expressions are Python values in the macro.
from cython.meta import macro


@macro
def typed(*values):
    return [type(value).__name__ for value in values]


@macro
def computed(value):
    return repr(value)


def f(x):
    return [
        typed(1, -1, 2.5, "a", b"a", None, True, 1j), typed((1, 2), [1], {"k": 1}, {1}, ()),
        computed(2**10), computed(-(3 + 4) * 2), computed("ab" * 3), computed((1, [2, {"k": {3}}])),
        computed(not 1), computed(f"{1 + 1}-{'x':>3}"), computed("a" "b"), computed(0xFF // 2),
    ]


for line in f(1):
    print(line)
