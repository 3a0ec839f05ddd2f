"""Functions whose `total += …` makes a list of nodes."""
import operator

from cython.meta import (
    ASSIGN, AUGASSIGN, MINUS, MOD, MULTIPLY, NEG, PLUS, comptime, macro, uneval,
)

SIGNS = comptime({PLUS: "+", MINUS: "-", MULTIPLY: "*", MOD: "%", NEG: "neg"})

COMPUTE = {"+": operator.add, "-": operator.sub, "*": operator.mul, "%": operator.mod,
           "neg": operator.neg}


class Node:
    """An operation and what it is done to."""

    def __init__(self, op, *args):
        self.op, self.args = op, args

    def __repr__(self):
        return f"({self.op} {' '.join(map(repr, self.args))})"

    def compute(self, *args):
        return COMPUTE[self.op](*args)


@macro
def traced(fn):
    """Lets `total += …` put a node into the list `total`, for each `total = []` in the function."""
    f = uneval(fn)
    empty = uneval([])
    lists = [s.target for s in f.walk(nested=False) if s.op == ASSIGN and s.value == empty]

    def traced_statement(s):
        if s.op == AUGASSIGN and s.name == "PLUS" and s.target in lists:
            return entry(s.target, node(s.value))

    return f.replace(traced_statement, nested=False)


@comptime
def entry(total, made):
    return uneval(getattr(total, "append")(made))


@comptime
def node(tree):
    """Code for the Node of an operation; anything else is a leaf, which is its value."""
    if tree.op not in SIGNS:
        return tree
    sign, parts = SIGNS[tree.op], [node(part) for part in tree.args]
    return uneval(Node(sign, *parts))
