# Trees that mean nothing, each by another mistake.
from cython.meta import macro, uneval, codenode, op, PLUS, VALUE, VAR, KEYWORD, CALL, WALRUS


@macro
def malformed(how, x):
    if how == "arity":
        return codenode(PLUS, [uneval(x)])
    if how == "no node":
        return codenode(PLUS, [uneval(x), "text"])
    if how == "no op":
        return codenode("PLUS", [uneval(x)])
    if how == "part":
        return codenode(KEYWORD, [uneval(x)], name="k")
    if how == "empty value":
        return codenode(VALUE, [])
    if how == "bad name":
        return codenode(VAR, name="not a name")
    if how == "keyword":
        return codenode(VAR, name="class")
    if how == "keyword argument":
        return codenode(CALL, [uneval(x), codenode(KEYWORD, [uneval(x)])])
    if how == "target":
        return codenode(WALRUS, [codenode(VALUE, [1]), uneval(x)])
    if how == "itself":
        node = uneval(x + 1)
        node.args[0] = node
        return node
    if how == "assigned":
        node = uneval(x + 1)
        node.op = op.NEG
        return node.eval()
    if how == "yield in an argument":
        return codenode(op.ATTR, [uneval(x), codenode(VAR, name="b")])


def f(a):
    return [
        malformed("arity", a), malformed("no node", a), malformed("no op", a),
        malformed("part", a), malformed("empty value", a),
        malformed("bad name", a), malformed("keyword", a),
        malformed("keyword argument", a), malformed("target", a), malformed("itself", a),
        malformed("assigned", a), malformed("yield in an argument", a),
    ]
