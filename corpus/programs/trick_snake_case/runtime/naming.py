"""Names in the style of PEP 8, for classes that were written in another one."""
import re
from types import FunctionType


def snake(name):
    """moveTo → move_to, HTTPPort → http_port; names such as LIMIT and __init__ stay."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return words.lower() if re.search("[a-z]", name) else name


class SnakeCase(type):
    """The metaclass that renames; what it makes is an ordinary class of it."""

    def __new__(meta, name, bases, namespace):
        renamed = {snake(key): value for key, value in namespace.items()}
        renamed["__annotations__"] = {
            snake(key): value for key, value in namespace.get("__annotations__", {}).items()}
        for value in renamed.values():
            function = getattr(value, "__func__", value)
            if isinstance(function, FunctionType):
                function.__name__ = snake(function.__name__)
                function.__qualname__ = f"{name}.{function.__name__}"
        return super().__new__(meta, name, bases, renamed)


def snake_case(cls):
    """Renames the attributes that the class's body defines.

    The class is made again, so the old one must not have been seen: `super()` in its own methods
    would still mean the old one.
    """
    namespace = {key: value for key, value in vars(cls).items()
                 if key not in ("__dict__", "__weakref__")}
    return SnakeCase(cls.__name__, cls.__bases__, namespace)
