# Operators, subscripts and methods of what is known, with what isn't.
from cython.meta import macro


@macro
def texts(x, y):
    return (
        ", ".join([x, "k", y]),
        "-".join(part for part in (x, "z")),
        "%s and %r" % (x, y),
        "%(k)s" % {"k": x},
        "{} {y}".format(x, y=y),
        "abc".startswith(x),
        "abc".replace("a", x),
        b"%s" % x.encode(),
        x.join(["1", "2"]),
    )


@macro
def subscripts(k, n):
    table = {"a": [1], "b": [2]}
    names = ["x", "y", "z"]
    return (
        table[k], table.get(k), table.get(k, n), table.get("c", n), names[n], names[n:], "abc"[:n],
        (1, 2, 3)[n], range(10)[n], names[-1], names.index(k + "?") if False else names.count(k),
    )


@macro
def containers(x, y):
    pair = (1, x) + (2,)
    stack = [y]
    stack.append(x)
    stack.insert(0, pair[1])
    stack.extend([x, 5])
    names = {"k": x}
    names["l"] = y
    names.setdefault("m", y)
    names.update({"n": x}, o=y)
    return pair, [*stack, x], names["l"], names.pop("k"), names, stack.pop(0), stack[::2]


@macro
def compared(x):
    return (
        (x, 1) == (2, 1), (1, x) == (2, x), (x,) == (), [x] == [x], {"k": x} == [x], (x,) != (1,),
        x in [1, 2], 1 in [1, x], x in [x], 3 in (1, x), x not in {"a": 1},
    )


@macro
def numbers(x):
    return 2 < x, 2 == x, 2 - x, (1, 2) == x, [x] < [3], int == type(x), 7 % x, -x


def f(p, q, key, one, three):
    print(texts(p, q))
    print(subscripts(key, one))
    print(containers(one, three))
    print(compared(three))
    print(numbers(three))


f("p", "q", "a", 1, 3)
