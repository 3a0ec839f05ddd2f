# Calls as what is called.
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
def kind(x):
    print("kind", type(x).__name__)
    return x


def adder(n):
    print("adder", n)
    return lambda *more: (n, more)


@macro
def pick(functions, key):
    print("picked", key)
    return functions[key]


def f(functions):
    a = kind((adder,))[0](tick(1))(tick(2), twice(tick(3)))
    b = pick(functions, tick("add"))(tick(1))(tick(2))
    c = pick(functions, tick("twice"))(twice(tick("x")), tick("y"))
    d = adder(twice(tick(1)))(log(tick(2)), twice(tick(3)))
    e = pick(functions, "add")(tick(4))(*log(tick((5, 6))))
    return a, b, c, d, e


print(f({"add": adder, "twice": lambda a, b: [a, b]}))
print(pick({"k": print}, tick("k"))(tick("printed"), twice(tick("printed "))))
