# A macro catches its own exceptions, whatever they say.
from cython.meta import macro


@macro
def checked(n):
    try:
        if n < 0:
            raise ValueError("a runtime_value can't be negative")
    except ValueError as error:
        return f"{error}: {n}"
    return n


@macro
def first(names, default):
    try:
        return names["runtime_value"]
    except KeyError:
        return default


print(checked(1), checked(-1))
print(first({"a": 1}, 2), first({"runtime_value": 3}, 4))
