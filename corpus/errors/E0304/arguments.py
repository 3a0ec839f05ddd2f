# Arguments are given as a list of trees, and an op is no text.
from cython.meta import PLUS, VALUE, codenode, macro, uneval


@macro
def build(how, x):
    node = uneval(x)
    if how == "constant":
        return codenode(VALUE, 1)
    if how == "tree":
        return codenode(PLUS, node)
    if how == "spread":
        return codenode(PLUS, node, node)
    if how == "text":
        return codenode("PLUS", [node, node])
    if how == "slip":
        return codenode("PLSU", [node, node])
    return codenode("what", [node, node])


def f(a):
    return [
        build("constant", a), build("tree", a), build("spread", a),
        build("text", a), build("slip", a), build("other", a),
    ]
