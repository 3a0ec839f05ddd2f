# What stands at the holes of quoted statements.
from cython.meta import VAR, codenode, comptime, macro, quote, uneval, unroll


@macro
def swap(a, b):
    with quote as tree:
        a, b = b, a
    return tree


@macro
def fill(table, keys, value):
    limit = 3
    names = ["left", "right"]
    extra = [uneval(value), codenode(VAR, name="table")]
    with quote as tree:
        total = [limit, names, *extra]
        for key in keys:
            table[key] = value
        print(*extra, *unroll(name.upper() for name in names if name != "left"), total)
    return tree


@macro
def define(name, fields):
    with quote as tree:
        def name(source, target):
            """Copies the fields."""
            for field in unroll(fields):
                setattr(target, field, getattr(source, field))
            return (*unroll(getattr(target, field) for field in fields),)
    return tree


@macro
def choose(kind, x):
    with quote as tree:
        if comptime(kind == "twice"):
            print(x)
            print(x)
        elif comptime(kind == "once"):
            print(x)
        else:
            print("never")
    return tree


@macro
def several(x):
    statements = []
    for number in range(3):
        with quote as line:
            print(number, x)
        statements.append(line)
    with quote as tree:
        try:
            statements
        finally:
            None
    return tree


@macro
def counted(x):
    with quote as before:
        count = 0
    with quote as after:
        count += 1
        print(count, x)
    before.eval()
    return after


@macro
def recursive(n):
    with quote as tree:
        def fact(k):
            return 1 if k < 2 else k * fact(k - 1)
        print(fact(n))
    return tree


def f(items, table):
    count = "mine"
    swap(items[0], items[1])
    fill(table, items, len(items))
    choose("twice", items)
    choose("once", count)
    choose("not", count)
    several(items)
    counted(len(items))
    recursive(len(items))
    return items, table, count


define("move", ["x", "y"])


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y


print(f([1, 2, 3], {}))
print(move(Point(1, 2), Point(3, 4)))
