"""Text that is put together before the program runs."""
from cython.meta import macro, uneval, codenode, error, comptime
from cython.meta import FSTRING, FIELD, VALUE, EMPTY


@comptime
def pieces(template):
    import re
    return re.split(r"\{(\w+)\}", template)


@macro
def fill(template, /, **values):
    """`fill("{a} and {b}", a=1, b=x)` as an f-string; each value is evaluated once, where it stands."""
    parts = []
    for index, piece in enumerate(pieces(template)):
        if index % 2 == 0:
            parts.append(codenode(VALUE, [piece]))
        elif piece not in values:
            error(f"nothing is given for {{{piece}}}")
        else:
            value = values[piece]
            parts.append(codenode(FIELD, [uneval(value), codenode(EMPTY)]))
    return codenode(FSTRING, [part for part in parts if part.op != VALUE or part.args[0]])


@macro
def words(text, *, limit=40):
    import textwrap
    return textwrap.wrap(textwrap.dedent(text).strip(), limit)
