# `import cython` with `@cython.macro`: the import has no other use, and goes.
import cython


@cython.macro
def twice(x):
    return 2 * x


def f(a):
    return twice(a + 1)
