"""Functions whose specialisations differ in nothing but what known containers hold, or in which
of them are one."""
import half
import whole
from cython.meta import unroll

@unroll
def has_path(tree, path):
    for part in path:
        try:
            tree = tree[part]
        except LookupError:
            return False
    return True

@unroll
def kind(known, x):
    if x is None:
        return "nothing"
    if isinstance(known, dict):
        return sorted(known)
    if isinstance(known, (list, tuple)):
        return len(known)
    return type(known).__name__

@unroll
def are_one(first, second, x):
    if x:
        return first is second
    return None

@unroll
def both(x):
    names = ["a"]
    return are_one(names, names, x), are_one(["a"], ["a"], x)

@unroll
def beyond(function, x):
    if x > 0:
        return function(x)
    return x

@unroll
def steps(x):
    return beyond(whole.step, x), beyond(half.step, x), beyond(whole.step, x + 1)
