# Each way to need a value now that is known only at run time.
from cython.meta import macro


@macro
def needs(how, x):
    if how == "if":
        return 1 if x else 2
    if how == "while":
        while x > 1:
            return 1
    if how == "for":
        return [i for i in x]
    if how == "and":
        return x and 1
    if how == "not":
        return "yes" if not x else "no"
    if how == "assert":
        assert x, "it must be"
    if how == "match":
        match x:
            case 1:
                return 2
    if how == "unpack":
        a, b = x
        return a
    if how == "in":
        return "yes" if x in (1, 2) else "no"
    if how == "is":
        return "yes" if x is None else "no"
    if how == "isinstance":
        return "yes" if isinstance(x, int) else "no"
    if how == "class":
        return x.__class__
    if how == "chain":
        return "yes" if 0 < x < 2 else "no"


def f(x):
    return [
        needs("if", x), needs("while", x), needs("for", x), needs("and", x), needs("not", x),
        needs("assert", x), needs("match", x), needs("unpack", x),
        needs("in", x), needs("is", x), needs("isinstance", x),
        needs("class", x), needs("chain", x),
    ]
