# Characters of several bytes before and after calls: columns and bytes differ.
from cython.meta import macro, uneval


@macro
def twice(x):
    return uneval(x + x)


def f(a):
    return "日本語", twice(a), "é", twice("😀"), a  # 日本語 twice(a)
