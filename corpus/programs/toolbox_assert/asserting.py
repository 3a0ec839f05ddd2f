"""Assertions that show what they looked at."""
from cython.meta import macro, comptime, uneval, codenode, gensym, op
from cython.meta import VALUE, VAR


def fail(text, *parts):
    """Raises the failure of `text`, with the values of its parts."""
    where = ", ".join(f"{code} = {value!r}" for code, value in parts)
    raise AssertionError(f"{text}, where {where}" if parts else text)


@comptime
def is_comparison(tree):
    return tree.op in (op.EQ, op.NE, op.LT, op.LE, op.GT, op.GE, op.IN, op.NOTIN, op.IS, op.ISNOT)


@macro
def assert_(condition):
    """Fails with the condition's code, and the values of its sides, unless it holds.

    Each side is evaluated once: what isn't a variable is kept in one for the message.
    """
    tree = uneval(condition)
    text = str(tree)
    shown = []
    for i, part in enumerate(tree.args if is_comparison(tree) else []):
        code = str(part)
        if part.op == VALUE:
            continue
        if part.op != VAR:
            kept = codenode(VAR, name=gensym("part"))
            tree.args[i] = uneval(kept := part)
            part = kept
        shown.append(uneval((code, part)))
    return uneval(tree or fail(text, *shown))
