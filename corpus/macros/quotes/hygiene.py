# Names of quoted code are its own, and those of the macro's module are that module's.
from time import perf_counter as clock

from cython.meta import VAR, codenode, gensym, macro, quote, uneval

log = []


def record(*what):
    log.append(what)


@macro
def timed(block, label):
    b = uneval(block)
    with quote as code:
        start = clock()
        try:
            b.body
        finally:
            record(label, clock() >= start)
    return code


@macro
def wrapped(fn):
    f = uneval(fn)
    inner = f.copy()
    inner.name = gensym(f.name)
    inner.docstring = None
    with quote as body:
        record("enter", f.name)
        result = inner.variable(*f.arguments)
        record("leave", result)
        return result
    f.body = body.statements
    return [inner, f]


@macro
def closed(x):
    with quote as code:
        def inner(y):
            nonlocal_sum = x + y
            return [nonlocal_sum for y in range(2)]
        result = inner(1)
        print(result, (lambda result: result)(2))
    return code


@macro
def captured(name):
    me = codenode(VAR, name="self")
    with quote as code:
        def method(self, *args):
            print(getattr(me, name), me is self, args)
    return code


def f(start, clock, record, log):
    with timed("outer"):
        start += 1
        with timed("inner"):
            start += clock
    inner, result = 5, 6
    closed(inner + result)
    return start, inner, result, record, log


@wrapped
def g(result, *, inner=2):
    """Adds."""
    return result + inner


def h():
    x = 1

    @wrapped
    def deep(y):
        nonlocal x
        x += y
        return x

    return deep(1) + deep(2), x


class Thing:
    label = "thing"
    captured("label")


print(f(1, 2, 3, 4))
print(g(1), g(1, inner=5), g.__doc__, h())
Thing().method(1, 2)
print([entry for entry in log])
