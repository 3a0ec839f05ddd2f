# A function that calls itself twice, once in a loop that the program goes through.
from cython.meta import unroll


@unroll
def joined(parts, is_first=True):
    if isinstance(parts, str):
        return parts
    if len(parts) == 1:
        return joined(parts[0], is_first=is_first)
    inner = [joined(part, is_first=False) for part in parts]
    if is_first:
        return " ".join(inner)
    return "(" + " ".join(inner) + ")"


def f(parts):
    return joined(parts), joined(["a", ["b", "c"]]), joined(parts, False)


print(f(["x", [["y", "z"]]]))
