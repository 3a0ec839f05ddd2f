"""Text that is put together before the program runs."""
from cython.meta import macro, uneval, error, comptime


@comptime
def pieces(template):
    import re
    return re.split(r"\{(\w+)\}", template)


@macro
def fill(template, /, **values):
    """`fill("{a} and {b}", a=1, b=x)` as an f-string; each value is evaluated once, where it stands."""
    text = ""
    for index, piece in enumerate(pieces(template)):
        if index % 2 == 0:
            text = uneval(f"{text}{piece}")
        elif piece not in values:
            error(f"nothing is given for {{{piece}}}")
        else:
            value = uneval(values[piece])
            text = uneval(f"{text}{value}")
    return text


@macro
def words(text, *, limit=40):
    import textwrap
    return textwrap.wrap(textwrap.dedent(text).strip(), limit)
