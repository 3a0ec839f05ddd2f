# Arguments of macros that take definitions and blocks.
from cython.meta import macro, uneval

xs = [1]


@macro
def one(function, n):
    return [uneval(function)][:n]


@macro
def none(block):
    return uneval(block).body


@one
def a(): pass


@one(1, 2)
def b(): pass


@one(function=1)
def c(): pass


@one(m=1)
def d(): pass


@one(*xs)
def e(): pass


@none()
@one(1)
@none(1)
class F:
    pass


with none(1):
    pass

with one() as g:
    pass
