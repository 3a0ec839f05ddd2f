# F-strings rebuilt from trees: braces, quotes, specs, nested ones, conversions.
from cython.meta import macro, uneval, codenode, op


@macro
def text(*parts):
    pieces = []
    for part in parts:
        if isinstance(part, str):
            pieces.append(codenode(op.VALUE, [part]))
    return codenode(op.FSTRING, pieces)


@macro
def around(x):
    n = uneval(x)
    empty = codenode(op.EMPTY)
    spec = codenode(op.FSTRING, [codenode(op.VALUE, [">"]), codenode(op.FIELD, [n, empty])])
    return codenode(op.FSTRING, [
        codenode(op.VALUE, ["a{b}\n'\"\\"]), codenode(op.FIELD, [n, empty]),
        codenode(op.FIELD, [n, spec], name="r"),
    ])


def f(a):
    return [
        text(), text("plain"), text("{braces}", "more"), text("it's", ' "quoted"'),
        around(a), around(a + 1), around(a["key"]), around({"a": 1}), around(lambda: a),
        around(f"{a}"), around("text"), around('it\'s "both"'), around(a if a else 1), around((a, a)),
    ]
