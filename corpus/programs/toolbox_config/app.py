"""A program that is expanded for one configuration."""
from cython.meta import comptime, unroll
from config import CONFIG, setting


def load_csv(text):
    return [line.split(",") for line in text.splitlines()]


def load_json(text):
    import json
    return json.loads(text)


def loader(name):
    for plugin in unroll(CONFIG["plugins"]):
        if name.endswith("." + plugin):
            if comptime(CONFIG["debug"]):
                print("loading", name, "with", plugin)
            return {"csv": load_csv, "json": load_json}[plugin]
    return None


if comptime(CONFIG["cache"]["kind"] == "lru"):
    from functools import lru_cache as cached
elif comptime(CONFIG["cache"]["kind"] == "none"):
    def cached(size):
        return lambda function: function
else:
    raise ValueError("no such cache")


@cached(setting("cache.size"))
def square(n):
    if comptime(CONFIG["debug"]): print("square", n)
    else: print("working")
    return n * n


print(loader("a.csv")("1,2\n3,4"), loader("b.json")('{"k": 1}'), loader("c.txt"))
print(square(3), square(3), setting("plugins"), setting("debug"))
