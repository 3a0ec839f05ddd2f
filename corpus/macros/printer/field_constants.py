# Before Python 3.12 no field of an f-string holds a backslash.
from cython.meta import macro, uneval, unroll


@macro
def shown(text, width, parts):
    return f"{text:{width}}|{text!r:>{width}}|{'%s' % parts[0]}|{text.join(parts)}"


@macro
def quoted(text, parts):
    return uneval(f"<{text}{text!r}{parts}{text.join(parts)}>")


@macro
def each(text, parts):
    return [f"{part}{text.join(part)}" for part in (parts, parts)]


@unroll
def checked(text, separator, parts):
    if len(parts) > 1:
        raise ValueError(f"bad {text!r}: {separator.join(parts)}")
    return f"good {text!r}: {separator.join(parts)}"


def f(width, parts):
    print(shown("a\nb", width, parts), quoted("\t", parts))
    print((lambda: (shown("'\"", width, parts), width and each("\\", parts)))())
    try:
        print(checked("it's", "\n", parts[:1]), checked("\x07", "\n", parts))
    except ValueError as error:
        print(error)


class Named:
    name = quoted("\n", ["a"])


f(7, ["p", "q"])
print(Named.name, [quoted("\r", x) for x in ["xy"]])
