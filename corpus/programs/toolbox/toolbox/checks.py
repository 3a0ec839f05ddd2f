"""Checks that know the code they check."""
from cython.meta import macro, comptime, uneval, warn, op
from cython.meta import VALUE


class CheckFailed(AssertionError):
    """What a failed check raises."""


def fail(text, *values):
    """Raises the failure of the check `text`, with the values of its parts."""
    shown = ", ".join(f"{name} = {value!r}" for name, value in values)
    raise CheckFailed(f"{text} ({shown})" if shown else text)


@comptime
def is_comparison(tree):
    return tree.op in (op.EQ, op.NE, op.LT, op.LE, op.GT, op.GE, op.IN, op.IS)


@comptime
def shown_parts(tree):
    """The parts of a condition that are worth a look: what isn't written out."""
    parts = tree.args if is_comparison(tree) else [tree]
    return [part for part in parts if part.op != VALUE and not part.has_effects()]


@macro
def check(condition):
    """Raises CheckFailed with the condition's text and the values in it unless it holds."""
    tree = uneval(condition)
    if tree.op == VALUE:
        warn(tree, f"this check is always {bool(tree.value)}")
    text, values = str(tree), []
    for part in shown_parts(tree):
        name = str(part)
        values.append(uneval((name, part)))
    return uneval(True if tree else fail(text, *values))


@macro
def trace(value, *, label=None):
    """The value, shown with its code on the way."""
    text = label or str(uneval(value))
    return uneval(shown(text, value))


def shown(text, value):
    print(f"{text} → {value!r}")
    return value
