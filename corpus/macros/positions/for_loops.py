# Calls in what a loop goes through, in its targets, its body and its `else`.
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
def bump(x):
    x += 1
    return x


@macro
def put(d, k, v):
    d[k] = v
    return d


def f(xs):
    for x in twice(tick(xs)):
        print("x", x)
        if x > 1:
            continue
        print(bump(x))
    else:
        print("else", log(tick("end")))
    for x in log(tick([3, 4])):
        if twice(x) == 6:
            print("out")
            break
    else:
        print("not here")
    row = [0, 0]
    for row[log(tick(1))] in tick("ab"):
        print(row)
    for i, (j, k) in enumerate(log(tick([(1, 2)]))): print(twice(i), twice(j), k)
    for x in tick("first"), log(tick("second")), tick("third"):
        print("at", x)
    for x in put(tick([0, 0]), tick(0), tick(5)): print(x)


f([1, 2])
for x in log(tick(range(2))): print("print", bump(x), x)
for x in ignore(tick(1)), 2: print(x)
