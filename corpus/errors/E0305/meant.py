# What was meant by an attribute or field that isn't there, and what else an exception says.
from cython.meta import codenode, macro, op, uneval


@macro
def use(how, x):
    node = uneval(x)
    if how == "op":
        return codenode(op.PLSU, [node, node])
    if how == "field":
        return node.arg
    if how == "named field":
        return node.rihgt
    if how == "given field":
        return codenode(op.PLUS, lef=node, right=node)
    if how == "text":
        return "a".uper()
    if how == "module":
        import math
        return math.sqt(2)
    if how == "environment":
        import os
        return os.environ["HOME"]
    error = ValueError("no such way")
    error.add_note(f"it was {how!r}")
    error.add_note("there are six others")
    raise error


def f(a):
    return [
        use("op", a), use("field", a), use("named field", a + 1), use("given field", a),
        use("text", a), use("module", a), use("environment", a), use("note", a),
    ]
