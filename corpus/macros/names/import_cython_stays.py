# `import cython` stays where something else of it is used.
import cython


@cython.macro
def twice(x):
    return 2 * x


@cython.cfunc
def f(a: cython.int):
    return twice(a + 1)
