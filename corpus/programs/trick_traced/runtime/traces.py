"""Functions whose `total += …` makes a list of nodes."""
import operator
from functools import wraps

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


def traced(fn):
    """Lets `total += …` put a node into the list `total`."""
    @wraps(fn)
    def wrapper(*args, **kwargs):
        args = [Traced(value) for value in args]
        kwargs = {name: Traced(value) for name, value in kwargs.items()}
        return bare(fn(*args, **kwargs))
    return wrapper


class Traced:
    """A value that remembers the operations it came from."""

    def __init__(self, value, node=None):
        self.value = value
        self.node = value if node is None else node

    def __iter__(self):
        return map(Traced, self.value)

    def __bool__(self):
        return bool(self.value)

    def __gt__(self, other):
        return self.value > bare(other)

    def __neg__(self):
        return Traced(-self.value, Node("neg", self.node))

    def __radd__(self, left):
        if isinstance(left, list):
            return [*left, self.node]
        return Traced(left) + self


def binary(op):
    def method(self, right):
        right = right if isinstance(right, Traced) else Traced(right)
        return Traced(COMPUTE[op](self.value, right.value), Node(op, self.node, right.node))
    return method


for method, op in ("__add__", "+"), ("__sub__", "-"), ("__mul__", "*"), ("__mod__", "%"):
    setattr(Traced, method, binary(op))


def bare(value):
    if isinstance(value, Traced):
        return value.node
    return tuple(map(bare, value)) if isinstance(value, tuple) else value
