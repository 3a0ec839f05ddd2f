"""Names in the style of PEP 8, for classes that were written in another one."""
from cython.meta import ANNASSIGN, ASSIGN, DEF, VAR, comptime, macro, uneval


@comptime
def snake(name):
    """moveTo → move_to, HTTPPort → http_port; names such as LIMIT and __init__ stay."""
    import re
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return words.lower() if re.search("[a-z]", name) else name


@macro
def snake_case(cls):
    """Renames the attributes that the class's body defines."""
    c = uneval(cls)
    names = {s.name for s in c.body if s.op == DEF}
    for s in c.body:
        if s.op == ASSIGN:
            names.update(target.name for target in s.targets)
        elif s.op == ANNASSIGN:
            names.add(s.target.name)
    for node in c.walk(nested=False):
        if node.op in (DEF, VAR) and node.name in names:
            node.name = snake(node.name)
    return c
