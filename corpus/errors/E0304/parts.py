# Parts that Python has only with others, and one tree that holds itself.
from cython.meta import EMPTY, VALUE, VAR, codenode, macro, op


@macro
def malformed(how):
    none = codenode(EMPTY)
    name = codenode(VAR, name="x")
    number = codenode(VALUE, [1])
    body = codenode(op.BLOCK, [codenode(op.PASS)])
    if how == "annotated lambda":
        parameter = codenode(op.PARAM, [name, none], name="a")
        return codenode(op.LAMBDA, [codenode(op.PARAMS, [parameter]), number])
    if how == "raise":
        return codenode(op.RAISE, [none, name])
    if how == "except":
        return codenode(op.EXCEPT, [none, name, body])
    if how == "except*":
        handlers = codenode(op.PARTS, [codenode(op.EXCEPT, [none, none, body])])
        return codenode(op.TRYSTAR, [body, handlers, codenode(op.BLOCK), codenode(op.BLOCK)])
    if how == "match":
        return codenode(op.MATCHAS, [codenode(op.MATCHVALUE, [number]), none])
    if how == "slice":
        pair = codenode(op.TUPLE, [codenode(op.SLICE, [number, none, none]), name])
        return codenode(op.NOT, [pair])
    if how == "f-string":
        return codenode(op.FSTRING, [number])
    if how == "name":
        return codenode(op.NEG, [number], name='a"b')
    if how == "itself":
        number.args[0] = [number]
        return number


malformed("annotated lambda")
malformed("raise")
malformed("except")
malformed("except*")
malformed("match")
malformed("slice")
malformed("f-string")
malformed("name")
malformed("itself")
