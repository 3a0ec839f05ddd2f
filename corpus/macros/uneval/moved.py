# A run-time value that is put into a tree moves: its code stands where the tree has it.
from cython.meta import macro, uneval


@macro
def both(flag, value):
    kept = value
    return uneval(flag and kept)


@macro
def looped(values, value):
    kept = value
    return uneval([kept for _ in values])


def f(read, flag):
    return both(flag, read()), looped(flag, read())
