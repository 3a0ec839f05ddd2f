#!/usr/bin/env python3
# vim: set fileencoding=utf-8 :
# The cookie is on the second line.
from cython.meta import macro, uneval


@macro
def twice(x):
    return uneval(x + x)


def f(ñ):
    return twice(ñ), twice("€"), "日本"
