from cython.meta import comptime, macro, op, uneval, codenode



@comptime
def again(node):
    """The tree with the definitions of its variables written out wherever they can be."""
    made = any(part.op in (
        op.CALL, op.LIST, op.DICT, op.SET, op.LISTCOMP, op.SETCOMP, op.DICTCOMP, op.LAMBDA,
        op.GENERATOR,
    ) for part in node.walk())
    if node.op in (op.VALUE, op.VAR):
        return codenode(op.VALUE, node.args) if node.op == op.VALUE else node
    if made and node.name is not None:
        return node
    if node.op in (op.LAMBDA, op.LISTCOMP, op.SETCOMP, op.DICTCOMP, op.GENERATOR):
        return node
    if node.op in (op.KEYWORD,):
        node.args = [again(part) for part in node.args]
        return node
    return codenode(node.op, [again(part) for part in node.args])


@macro
def same(x):
    return uneval(x)


@macro
def inside(x):
    return codenode(op.TUPLE, [uneval(x)])


@macro
def redo(x):
    return again(uneval(x))


@macro
def redo_branches(x):
    return again(uneval(x, branches=True))


@macro
def value(x):
    return x
