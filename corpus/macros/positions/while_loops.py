# Calls in the tests of `while`, which are evaluated each time round.
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
def bump(x):
    x += 1
    return x


def f(x):
    while twice(tick(x)) < tick(5):
        x += 1
    else:
        print("ended")
    while log(x):
        x = x - 1
        if x == 2:
            continue
        if bump(x) == 2:
            break
    else:
        print("not here")
    while True:
        x = bump(x)
        if x > twice(tick(2)):
            break
    while x > 3 and log(tick(x)) != 4: x -= 1
    return x


def g(items):
    while item := log(items.pop()):
        print("item", item)
    else:
        return twice(item), items


print(f(1))
print(g([0, 0, 1, 2]))
n = 0
while bump(n) < 3:
    n += 1
print(n)
