"""Functions that check the types of their arguments."""
from functools import wraps
from inspect import iscoroutinefunction, signature
from typing import Any, get_type_hints


def checked(fn):
    """Raises a TypeError when an argument isn't what its annotation says."""
    parameters = signature(fn).parameters

    def check(args, kwargs):
        try:
            bound = signature(fn).bind(*args, **kwargs)
        except TypeError:
            return
        bound.apply_defaults()
        kinds = get_type_hints(fn)
        for name, value in bound.arguments.items():
            if kinds.get(name, Any) is Any:
                continue
            if parameters[name].kind is parameters[name].VAR_POSITIONAL:
                values = value
            elif parameters[name].kind is parameters[name].VAR_KEYWORD:
                values = value.values()
            else:
                values = [value]
            for value in values:
                if not isinstance(value, kinds[name]):
                    refuse(name, value)

    if iscoroutinefunction(fn):
        @wraps(fn)
        async def wrapper(*args, **kwargs):
            check(args, kwargs)
            return await fn(*args, **kwargs)
    else:
        @wraps(fn)
        def wrapper(*args, **kwargs):
            check(args, kwargs)
            return fn(*args, **kwargs)
    return wrapper


def refuse(name, value):
    raise TypeError(f"{name} can't be {value!r}")
