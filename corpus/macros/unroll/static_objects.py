# Static objects of classes, dicts and iterators in unrolled functions.
from cython.meta import unroll, comptime


def tick(value):
    print("tick", value)
    return value


@comptime
class Field:
    def __init__(self, name, low, high):
        self.name, self.low, self.high = name, low, high

    def width(self):
        return self.high - self.low


LAYOUT = comptime((("version", 0, 4), ("length", 4, 8), ("type", 8, 16)))


@unroll
def unpack(word, only=None):
    out = {}
    fields = [Field(*row) for row in LAYOUT]
    for field in fields:
        if only and field.name not in only:
            continue
        mask = (1 << field.width()) - 1
        out[field.name] = word >> field.low & mask
    return out


@unroll
def counted(x, text):
    counts = {}
    for c in text:
        counts[c] = counts.get(c, 0) + 1
    parts = iter(sorted(counts.items()))
    first = next(parts)
    if x > 1:
        rest = list(parts)
    else:
        rest = next(parts, None)
    return first, rest, x


def f(x):
    return unpack(x), unpack(tick(x), ("type",)), counted(x, "banana")


print(f(0xABCD), f(1))
