# Branches on static values: one side stays.
from cython.meta import unroll


def tick(value):
    print("tick", value)
    return value


@unroll
def described(x, kind, scale=None):
    if kind == "short":
        return x
    elif kind == "long":
        result = ("long", x)
    else:
        result = (kind, x, 1 // 0 if kind == "never" else "ok")
    scale = 1 if scale is None else scale
    if scale != 1 and kind:
        result = result + (x * scale,)
    assert scale > 0, "checked now"
    match (kind, scale):
        case ("long", 1):
            return result
        case (str() as name, int(n)) if n > 2:
            return result, name, n
    return result, tick("end") or not kind


def f(y):
    print(described(y, "short"), described(tick(y), "long"))
    print(described(y, "other", 2))
    print(described(y, "third", scale=3))
    return described(tick(y), "")


print(f(4))
