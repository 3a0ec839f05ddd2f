# Further pure modules that macros may import.
from cython.meta import macro


@macro
def used():
    import ast, calendar, colorsys, csv, difflib, graphlib, inspect, io, keyword, pprint
    import random, struct, tokenize, types, unicodedata, zlib, base64, hashlib, html, uuid
    rows = list(csv.reader(io.StringIO("a,b\n1,2\n")))
    order = list(graphlib.TopologicalSorter({"b": {"a"}}).static_order())
    numbers = random.Random(1)
    return [
        rows, order, numbers.random() == random.Random(1).random(), keyword.iskeyword("def"),
        inspect.signature(lambda a, *, b=1: a).parameters["b"].default,
        struct.pack("<H", 258), calendar.isleap(2024), ast.dump(ast.parse("1", mode="eval")),
        base64.b64encode(b"abc"), html.escape("<a>"), hashlib.sha256(b"").hexdigest()[:8],
        unicodedata.name("€"), zlib.crc32(b"abc"), pprint.pformat({"b": 1, "a": [2]}),
    ]


print(used())
