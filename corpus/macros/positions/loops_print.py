# Calls in loops that print, with `break`, `continue` and closures over the loop's variables.
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


def f(n):
    for i in range(n):
        print(tick(i), twice(tick(i)), log(i))
        for j in range(i):
            if twice(j) == log(i):
                continue
            print("inner", i, bump(j))
            if bump(j) == i:
                break
        else:
            print("no break", ignore(tick(i)))
    total = {}
    for i in range(n):
        put(total, i, twice(tick(i)))
        total[i] += bump(total[i])
    while n:
        n -= 1
        print(put(total, tick(n), log(n)))
    makers = []
    for i in range(3):
        x = twice(i)
        makers.append(lambda: (log(x), bump(i)))
    return [make() for make in makers], total


print(f(3))
for n in range(2):
    for m in log(range(2)): print(n, twice(m))
