"""Names that are no identifiers: of keywords, attributes and variables."""

from cython.meta import macro, unroll


def f(*args, **k):
    return args, k


@macro
def passed(*args, **kw):
    return f(*args, first=1, **kw, last=2)


@macro
def built(x):
    names = {"class": x, "a b": 2, "ok": 3}
    return f(**names), dict(**names), f(**{"def": 1})


@unroll
def unrolled(x, **kw):
    if x:
        return f(x, **kw)
    return kw


class Box:
    pass


@macro
def attributes(box):
    setattr(box, "class", 1)
    setattr(box, "a b", 2)
    value = getattr(box, "class"), getattr(box, "a b"), hasattr(box, "def")
    delattr(box, "class")
    return value


print(passed(**{"class": 1, "a-b": int("2"), "plain": 3}))
print(built(int("4")))
print(unrolled(int("5"), **{"class": 1}), unrolled(0, **{"a-b": 2}))
print(attributes(Box()))
print(passed(**{"ﬁ": int("6"), "é": 7}))
