# A list, set or dict of the macro that reaches the program is one object there.
from cython.meta import macro

kept = []


def keep(value):
    kept.append(value)
    return value


def grow(value):
    value.append(len(value))
    return value


@macro
def passed(names):
    keep(names)
    keep(names)
    return names


@macro
def nested():
    inner = [1]
    outer = [inner, (inner, {"k": inner})]
    keep(inner)
    return outer, inner


@macro
def returned():
    twice = {1}
    return [twice, [twice], [2]]


@macro
def used_after():
    names = ["a"]
    grow(names)
    names.append("b")
    names += ["c"]
    return names[1], len(names), "b" in names, names


@macro
def read_only(key, values):
    table = {"a": [1], "b": [2]}
    first = table[key]
    table["c"] = [3]
    return first, table[key], table["c"], values.count(key), values[0]


@macro
def fresh(x):
    return keep([x, 1]), keep({"k": [x]})


@macro
def stored(x):
    mine = []
    x["mine"] = mine
    x["again"] = mine
    return x


result = passed([1, 2])
print(result, all(value is result for value in kept))
outer, inner = nested()
print(outer, outer[0] is inner, outer[1][0] is inner, outer[1][1]["k"] is inner, kept[-1] is inner)
a, b, c = returned()
print(a is b[0], c)
print(used_after())
print(read_only("a", ["x", "a"]), fresh(3))
d = stored({})
print(d, d["mine"] is d["again"])
