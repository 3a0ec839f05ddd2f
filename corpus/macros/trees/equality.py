# Trees compare by structure; where they come from and how they are spelled don't matter.
from cython.meta import macro, uneval, codenode, VALUE, VAR, PLUS


@macro
def same(x, y):
    return uneval(x) == uneval(y)


@macro
def is_sum_of_a_and_one(x):
    return uneval(x) == codenode(PLUS, [codenode(VAR, name="a"), codenode(VALUE, [1])])


def f(a, b):
    return [
        same(a + b, a+b), same(a + b, b + a), same((a), a), same("x", 'x'), same(16, 0x10),
        same(1, True), same(1, 1.0), same(0.0, -0.0), same(f"{a}", f'{a}'),
        is_sum_of_a_and_one(a + 1), is_sum_of_a_and_one(a + 2),
    ]
