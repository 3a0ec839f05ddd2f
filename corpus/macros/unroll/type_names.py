# Dispatch on the name of a type that is known at compile time.
from cython.meta import unroll, comptime


def tick(value):
    print("tick", value)
    return value


SIZES = comptime({"int": 4, "short": 2, "char": 1})


@unroll
def pack(value, type_name):
    if type_name == "str":
        data = value.encode()
        return pack(len(data), "short") + data
    if type_name.startswith("list of "):
        out = pack(len(value), "char")
        for item in value:
            out += pack(item, type_name.removeprefix("list of "))
        return out
    return value.to_bytes(SIZES[type_name], "big")


@unroll
def convert(value, kind):
    converters = {"int": int, "str": str, "list": list}
    if kind in converters:
        return converters[kind](value)
    return getattr(value, kind)()


@unroll
def record(obj, *fields):
    out = b""
    for name, kind in fields:
        out += pack(getattr(obj, name), kind)
    return out


class Point:
    def __init__(self, x, label):
        self.x, self.label = x, label


def f(p):
    print(record(p, ("x", "int"), ("label", "str")))
    print(pack(tick([p.x, 2]), "list of char"), pack(p.label, "list of str"))
    return convert(tick(p.label), "list"), convert(p.x, "bit_length"), convert(p.x, kind="str")


print(f(Point(5, "ab")))
