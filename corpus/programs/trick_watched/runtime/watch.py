"""Classes that tell when their methods are entered and left."""
from functools import wraps
from types import FunctionType

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


def watched(cls):
    """Watches each method of the class that has no decorator."""
    for name, value in list(vars(cls).items()):
        if isinstance(value, FunctionType):
            setattr(cls, name, watching(value, f"{cls.__name__}.{name}"))
    return cls


def watching(method, label):
    @wraps(method)
    def wrapper(*args, **kwargs):
        enter(label)
        try:
            return method(*args, **kwargs)
        finally:
            leave(label)
    return wrapper
