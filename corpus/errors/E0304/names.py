# Names that Python has not, wherever a tree has one.
from cython.meta import macro, uneval, codenode, op, VALUE, VAR


@macro
def named(how, x):
    x = uneval(x)
    body = [codenode(op.PASS)]
    if how == "attribute":
        return codenode(op.ATTR, [x, codenode(VALUE, ["real + 1"])])
    if how == "set attribute":
        tree = codenode(op.ATTR, [x, codenode(VALUE, ["real"])])
        tree.attribute = "real + 1"
        return tree
    if how == "keyword as attribute":
        return codenode(op.ATTR, [x, codenode(VALUE, ["class"])])
    if how == "attribute from JSON":
        text = codenode(op.ATTR, [codenode(VAR, name="x"), codenode(VALUE, ["real"])]).json()
        return codenode.from_json(text.replace("real", "real + 1"))
    if how == "keyword":
        return codenode(op.CALL, [x, codenode(op.KEYWORD, [x], name="__debug__")])
    if how == "quotation marks":
        return codenode(VAR, name="a\N{RIGHT DOUBLE QUOTATION MARK}")
    if how == "line":
        return codenode(VAR, name="a\u2028")
    if how == "assigned":
        return codenode(op.WALRUS, [codenode(VAR, name="__debug__"), x])
    if how == "stored attribute":
        target = codenode(op.ATTR, [x, codenode(VALUE, ["__debug__"])])
        return codenode(op.ASSIGN, [target, x])
    if how == "import":
        return codenode(op.IMPORT, [codenode(op.ALIAS, [codenode(op.EMPTY)], name="*")])
    if how == "dotted name":
        name = codenode(op.ALIAS, [codenode(op.EMPTY)], name="a.b")
        return codenode(op.IMPORTFROM, [name], name="m")
    if how == "star among names":
        names = [codenode(op.ALIAS, [codenode(op.EMPTY)], name=name) for name in ("*", "a")]
        return codenode(op.IMPORTFROM, names, name="m")
    if how == "function":
        return codenode(op.DEF, name="__debug__", body=body)
    if how == "parameter":
        return codenode(op.DEF, name="f", body=body, parameters=[
            codenode(op.PARAM, [codenode(op.EMPTY), codenode(op.EMPTY)], name="a b")])
    if how == "type parameter":
        return codenode(op.DEF, name="f", body=body, type_parameters=[
            codenode(op.TYPEVAR, name="__debug__")])
    if how == "global":
        return codenode(op.GLOBAL, [codenode(VAR, name="a, b")])
    if how == "handler":
        handler = codenode(op.EXCEPT, type=x, target=codenode(VAR, name="__debug__"), body=body)
        return codenode(op.TRY, body=body, handlers=[handler])
    if how == "capture":
        pattern = codenode(op.MATCHAS, pattern=codenode(op.MATCHSEQUENCE),
                           target=codenode(VAR, name="_"))
        return codenode(op.MATCH, subject=x, cases=[codenode(op.CASE, pattern=pattern, body=body)])
    if how == "pattern":
        # It would bind the name, and not compare with it.
        pattern = codenode(op.MATCHVALUE, [codenode(VAR, name="limit")])
        return codenode(op.MATCH, subject=x, cases=[codenode(op.CASE, pattern=pattern, body=body)])


def f(a):
    named("attribute", a)
    named("set attribute", a)
    named("keyword as attribute", a)
    named("attribute from JSON", a)
    named("keyword", a)
    named("quotation marks", a)
    named("line", a)
    named("assigned", a)
    named("stored attribute", a)
    named("import", a)
    named("dotted name", a)
    named("star among names", a)
    named("function", a)
    named("parameter", a)
    named("type parameter", a)
    named("global", a)
    named("handler", a)
    named("capture", a)
    named("pattern", a)
