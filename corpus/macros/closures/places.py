# Functions of macros in every place: decorators, callbacks, keys, and several in one statement.
from cython.meta import macro

handlers = {}


@macro
def on(event):
    def register(f):
        handlers.setdefault(event, []).append(f)
        return f

    return register


@macro
def by_last(xs):
    return sorted(xs, key=lambda p: p[-1])


@macro
def later(queue, x):
    queue.append(lambda: print("later", x))


@macro
def doubled(n):
    return (i * n for i in range(3))


@macro
def check(x):
    return fail(ValueError(f"bad {x}"))


@macro
def public(o):
    return [n for n in dir(o) if not n.startswith("_")]


@macro
def total(xs):
    n = 0
    for x in (1, 2):
        n += x
    xs.append(n)
    return xs


def fail(error):
    raise error


class A:
    zz = 1


@on("start")
def a(x):
    pass


def f(xs, ys):
    return total(xs), total(ys), by_last(["ab", "ca", *map(str, total(xs))])


@macro
def within(n, b=5):
    return b in {key: "of the table" for key in total([n])}


def g(r, x):
    box = A()
    {within(r): box, within(r, x): box}[within(r), within(x)] if x > 100 else box.zz
    (within(r), within(r, x))[0].real, box.zz, {"a long": {"display": "that makes the line long"}, "and": 1}
    return [within(r), within(x, x + x), total([within(r, 1)]), total([r]), "a text that makes the line long"]


print(handlers["start"][0].__name__, public(A()), by_last(["ab", "ca"]))
queue = []
for i in range(2):
    later(queue, i)
for call in queue:
    call()
print(list(doubled(int("2"))), [list(g) for g in [doubled(k) for k in (1, 2)]])
try:
    check(int("2"))
except ValueError as e:
    print(e)
print(f([1], [2]), g(5, 3))
