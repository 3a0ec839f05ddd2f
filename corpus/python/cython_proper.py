# Ordinary Cython in pure Python mode.
import cython
from cython import cfunc, int as cint
import cython.parallel


@cython.cfunc
@cython.returns(cython.double)
def f(x: cython.double) -> cython.double:
    i: cython.int
    for i in cython.parallel.prange(10, nogil=True):
        x += i
    return x


@cfunc
def g(x: cint):
    return cython.compiled
