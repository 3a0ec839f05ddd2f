# A container whose values are known only at run time is static in its shape: its length, its keys, their order.
from cython.meta import macro


@macro
def query(table, **where):
    parts = []
    for name in sorted(where):
        parts.append(f"{name}={where[name]}")
    return table, len(where), " and ".join(parts)


@macro
def named(**more):
    if "b" in more and "z" not in more:
        last = max(more)
        return list(more), tuple(more.keys()), last, more[last], len(more.values())
    return None


@macro
def doubled(**more):
    result = {}
    for name, value in more.items():
        result[name] = value * 2
    return result


@macro
def ordered(**more):
    return [value for _, value in sorted(more.items())], sum(more.values()), set(more) == {"a", "b"}


@macro
def row(d, pair, names):
    first, second = pair
    keys = [key for key in sorted(d)]
    return keys, len(d), list(d), "a" in d, [d[key] for key in keys], first - second, len(names), [
        name * 2 for name in names
    ]


def value(n):
    print("value", n)
    return n


print(query("t", b=value(1), a=value(2)))
print(named(c=value(3), b=value(4)))
print(named(a=value(5)))
print(doubled(x=value(6), y=7))
print(ordered(b=value(8), a=value(9)))
print(row({"b": value(1), "a": value(2)}, (value(5), value(3)), [value(1), value(2), 3]))
