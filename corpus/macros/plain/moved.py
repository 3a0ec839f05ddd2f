# A list that went into the program can't be changed or read here any more.
from cython.meta import macro


@macro
def changed(f):
    names = [1]
    f(names)
    names[0] = 2
    return 1


@macro
def changed_before_use(f):
    names = [[1]]
    f(names)
    names[0][0] = 2
    f(names)


@macro
def iterated(f):
    names = [1]
    f(names)
    for name in names:
        f(name)


@macro
def listed(f):
    names = [1]
    f(names)
    return [name for name in names]


@macro
def extended(f):
    names, more = [1], []
    f(names)
    more.extend(names)
    return more


@macro
def conditional(f, x):
    kept = []

    def keep(value):
        kept.append(value)
        return value

    decided = 1 < x < keep(f(x))
    return decided, kept[0]


def g(f, x):
    changed(f)
    changed_before_use(f)
    iterated(f)
    listed(f)
    extended(f)
    return conditional(f, x)
