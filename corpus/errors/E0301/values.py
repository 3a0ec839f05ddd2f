# What can't be left for run time, since compile-time code would have to go on with it.
from cython.meta import macro


@macro
def extended(x):
    names = []
    names += x
    return names


@macro
def merged(x):
    table = {"a": 1}
    table |= x
    return table


@macro
def added(x):
    names = set()
    names.add(x)
    return names


@macro
def mapped(x):
    return list(map(str, [x]))


@macro
def by_key(x):
    return sorted([3, 1], key=lambda value: x)


@macro
def spread(x):
    def helper(*args):
        return args

    return helper(*x)


@macro
def copied(x):
    import copy

    return copy.deepcopy(x)


@macro
def copied_flat(x):
    import copy

    return copy.copy(x)


@macro
def native(x):
    import math

    return math.sqrt(x)


@macro
def written(x):
    import json

    return json.dumps([x])


@macro
def formatted(x):
    join = ", ".join
    return join([x])


def f(x):
    return [
        extended(x), merged(x), added(x), mapped(x), by_key(x), spread(x), copied(x),
        copied_flat(x), native(x), written(x), formatted(x),
    ]
