"""Tables of functions, filled by decorators."""

COMMANDS = {}


def command(fn):
    """Puts the function into COMMANDS, under its name."""
    COMMANDS[fn.__name__] = fn
    return fn


class registry(dict):
    """`with registry() as table:` — what is decorated with `@table.add("key")` in the block is in
    the dict `table` after it.
    """

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def add(self, *keys):
        def decorate(definition):
            for key in keys:
                if key in self:
                    raise ValueError(f"there is an entry {key!r} already")
                self[key] = definition
            return definition
        return decorate
