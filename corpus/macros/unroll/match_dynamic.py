# `match` on what is known only at run time, and on what is known now.
from cython.meta import unroll


def tick(value):
    print("tick", value)
    return value


@unroll
def simplified(tree, zero):
    match tree:
        case ("add", a, b) if a == zero:
            return simplified(b, zero)
        case ("mul", a, _) | ("mul", _, a) if a == zero:
            result = zero
        case (op, *rest) if rest:
            result = op, [tick(r) for r in rest]
        case {"k": value, **others}:
            return value, others
        case int() | None as leaf:
            result = leaf
        case _:
            return "other"
    return "result", result


@unroll
def known(kind, x):
    match kind, x:
        case "pair", (a, b):
            return a, b
        case "one", a:
            return a
        case name, y if name != "strict":
            return name, y
    return "nothing"


def f(x):
    return simplified(x, 0), known("pair", x), known("one", tick(x)), known("other", x)


for x in ("add", 0, 5), ("mul", 0, 2), ("neg", 1), {"k": 1, "l": 2}, 7, None, "text", (1, 2):
    print(f(x), known("strict", x))
