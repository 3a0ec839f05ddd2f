"""Tables of functions, filled by decorators."""
from cython.meta import CALL, VALUE, comptime, error, macro, quote, uneval

COMMANDS = {}


@macro
def command(fn):
    """Puts the function into COMMANDS, under its name."""
    f = uneval(fn)
    name = f.name
    with quote as entry:
        COMMANDS[name] = f.variable
    return [f, entry]


@macro
def registry(block):
    """`with registry() as table:` — what is decorated with `@table.add("key")` in the block is in
    the dict `table` after it.
    """
    b = uneval(block)
    table = b.target
    entries = {}
    for definition in b.body:
        for decorator in added(definition, table):
            definition.decorators.remove(decorator)
            for key in decorator.arguments:
                if key.op != VALUE:
                    error(key, "the key has to be a constant")
                if key.value in entries:
                    error(key, f"there is an entry {key.value!r} already")
                entries[key.value] = definition.variable
    with quote as filled:
        b.body
        table = entries
    return filled


@comptime
def added(definition, table):
    """The decorators `@table.add(…)` of a definition; none of another statement."""
    add = uneval(getattr(table, "add"))
    return [d for d in getattr(definition, "decorators", []) if d.op == CALL and d.callee == add]
