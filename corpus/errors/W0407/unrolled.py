"""A loop over `unroll(…)` with very many rounds."""
from cython.meta import unroll


def total(xs):
    for i in unroll(range(1_001)):
        xs += i
    return xs
