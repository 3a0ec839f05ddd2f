"""What the program is built for."""
from cython.meta import comptime, macro

CONFIG = comptime({
    "debug": False,
    "plugins": ("csv", "json"),
    "cache": {"size": 128, "kind": "lru"},
})


@macro
def setting(path):
    """The setting at a path such as "cache.size"."""
    value = CONFIG
    for key in path.split("."):
        value = value[key]
    return value
