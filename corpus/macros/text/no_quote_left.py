"""A string that can't hold the code: its value gets a name, or the string other quotes."""

from cython.meta import codenode, macro, uneval, INDEX, VALUE


@macro
def line(x):
    return x + "'" + '"' + "\n"


@macro
def tagged(x):
    return uneval(f"<{x}>")


@macro
def field(row, key):
    return codenode(INDEX, [uneval(row), codenode(VALUE, [key])])


@macro
def quoted(x):
    return x + "it's"


@macro
def data(x):
    return x + b"\x00'"


def said(x):
    print("said", x)
    return x


row = {"name": "Ada", "it's": "odd"}
print(f"{line(str(1))}", end="")
print(f"{tagged(row['name'])}!")
print(f"{field(row, 'it' + chr(39) + 's')!r:>8}|{quoted('so ')}")
print(f'{said(1)} {quoted(said("2"))}')
print(f"{0:{tagged('>')[1]}{tagged(row['name'])[:0]}5}|")
print([f"{tagged(said('lambda'))}" for _ in "ab"], (lambda x: f'{tagged(x["a"])}')({"a": 1}))
print(said(0), f"{said(str(1)) + line('x')!r}", said(2))
print(f"""{data(b"'''")}""", f'{tagged(b"b")}' f"{data(b'')}")


class Kept:
    text = f"{tagged(row['name'])}"


print(Kept.text, [name for name in vars(Kept) if name[:2] != "__"])
if said(0):
    pass
elif f"{tagged(row['name'])}":
    print("elif")
