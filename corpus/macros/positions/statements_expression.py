# Calls that are statements, alone or as parts of an expression.
from cython.meta import macro


def tick(value):
    print("tick", value)
    return value


@macro
def twice(x):
    return x + x


@macro
def log(x):
    print("log", x)
    return x


@macro
def ignore(x):
    return 0


@macro
def put(d, k, v):
    d[k] = v
    return d


@macro
def bump(x):
    x += 1
    return x


@macro
def drop(d, k):
    del d[k]
    return d


def f(d):
    twice(tick(1))
    ignore(tick("effect only"))
    log(tick(2))
    put(d, tick("k"), tick("v"))
    drop(d, tick("gone"))
    bump(tick(3))
    log(d)["k"]
    log(d).get(tick("k"))
    twice(tick(1)) + log(tick(2))
    twice(tick([1])), tick("pair"), log(tick(3))
    log(d) and put(d, tick("l"), tick("w"))
    not d or log(tick("or"))
    log(tick("yes")) if d else log(tick("no"))
    [log(x) for x in twice([tick(4)])]
    log(log(tick("nested")))
    "a string", ignore(d)
    ...
    return d


print(f({"gone": 0}))
put(d := tick({}), tick(1), twice(tick(2)))
twice(tick("last"))
print(d)
