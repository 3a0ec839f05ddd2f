# Generators made by one expression, advanced in turns: each keeps what it has begun.
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
def around(x, action):
    return x, action(), x


def f():
    made = []
    actions = {"a": lambda: next(made[1]), "b": lambda: "inner"}
    for name in "ab":
        made.append(around(tick(part), actions[part[0]]) for part in (name + "1", name + "2"))
    print(next(made[0]))
    print(next(made[0]), next(made[1], "none left"))


def recursive(n):
    return [around(tick(n), lambda: recursive(n - 1)) for _ in range(n)]


f()
print(recursive(2))
made = []
actions = {"a": lambda: next(made[1]), "b": lambda: "inner"}
for name in "ab":
    made.append(around(tick(part), actions[part[0]]) for part in [name + "1"])
print(next(made[0]))
print([part for part in (around(tick(n), lambda: log(n)) for n in "xy")])
