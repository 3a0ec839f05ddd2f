"""Functions that remember their results."""
from functools import wraps
from inspect import signature


def memoize(fn):
    """Lets the function work out its result once for the same arguments."""
    seen = {}
    bind = signature(fn).bind

    @wraps(fn)
    def wrapper(*args, **kwargs):
        try:
            bound = bind(*args, **kwargs)
        except TypeError:
            return fn(*args, **kwargs)      # raises an error that names the function
        bound.apply_defaults()
        key = bound.args, tuple(bound.kwargs.items())
        if key not in seen:
            seen[key] = fn(*args, **kwargs)
        return seen[key]
    return wrapper
