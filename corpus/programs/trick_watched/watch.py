"""Classes that tell when their methods are entered and left."""
from cython.meta import DEF, macro, quote, uneval

calls = []
depth = 0


def enter(method):
    global depth
    calls.append("  " * depth + "> " + method)
    depth += 1


def leave(method):
    global depth
    depth -= 1
    calls.append("  " * depth + "< " + method)


@macro
def watched(cls):
    """Watches each method of the class that has no decorator."""
    c = uneval(cls)
    for method in c.body:
        if method.op == DEF and not method.decorators:
            label = f"{c.name}.{method.name}"
            with quote as body:
                enter(label)
                try:
                    method.body
                finally:
                    leave(label)
            method.body = [body]
    return c
