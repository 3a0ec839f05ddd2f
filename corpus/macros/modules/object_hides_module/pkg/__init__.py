from .registry import Registry
from .tool import tool
registry = Registry()
