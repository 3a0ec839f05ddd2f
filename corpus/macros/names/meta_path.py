# `import cython.meta` binds `cython`; `uneval.meta` holds the same objects.
import cython.meta
import uneval.meta


@cython.meta.macro
def doubled(x):
    return cython.meta.uneval(x) * 2


@uneval.meta.macro
def halved(x):
    return uneval.meta.uneval(x) / 2


def f(a):
    return doubled(a + 1), halved(a + 1)
