"""Choices as expressions: of all that is written, only what is chosen is evaluated."""
from cython.meta import macro, uneval, codenode, error, gensym
from cython.meta import TUPLE, VAR


@macro
def cond(*cases):
    """`cond((test, value), (test, value), ..., default)`: the value of the first test that holds."""
    *pairs, default = [uneval(case) for case in cases]
    result = default
    for pair in reversed(pairs):
        if pair.op != TUPLE or len(pair.args) != 2:
            error(pair, "a test and its value are wanted here, in parentheses")
        test, value = pair.args
        result = uneval(value if test else result)
    return result


@macro
def case(subject, *cases, default=None):
    """`case(x, (1, "one"), ((2, 3), "few"), default="many")`: x is evaluated once."""
    kept = codenode(VAR, name=gensym("subject"))
    result = uneval(default)
    for pair in reversed([uneval(one) for one in cases]):
        wanted, value = pair.args
        test = uneval(kept in wanted) if wanted.op == TUPLE else uneval(kept == wanted)
        result = uneval(value if test else result)
    result.test.left = uneval(kept := subject)
    return result


@macro
def unless(test, value):
    """The value, unless the test holds: then None, and the value isn't evaluated."""
    return uneval(None if test else value)


@macro
def either(*values, error):
    """The first value that is true; otherwise `error` is evaluated, and raised."""
    result = uneval(fail(error))
    for value in reversed([uneval(value) for value in values]):
        result = uneval(value or result)
    return result


def fail(error):
    raise error
