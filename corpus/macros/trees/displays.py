# Displays and comprehensions as trees.
from cython.meta import macro, uneval, codenode, VALUE


@macro
def shape(x):  # uneval: ignore[W0309]
    return codenode(VALUE, [repr(uneval(x))])


def f(a, b, c):
    shape(())
    shape((a,))
    shape((a, *b))
    shape([a, *b])
    shape({a, *b})
    shape({})
    shape({a: b, **c})
    shape([x for x in a])
    shape([x for x in a if b if c for y in x])
    shape({x for x in a})
    shape({x: y for x, y in a})
    shape((x for x, (y, *z) in a))


async def g(a):
    shape([x async for x in a if await x])
    shape(await a)


def h(a):
    shape((yield))
    shape((yield a))
    shape((yield from a))
