# Calls in assignment expressions, and assignment expressions in calls' arguments.
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
def swapped(a, b):
    return b, a


def f(x):
    a = (n := twice(tick(x))) + n
    b = [m := log(tick(1)), twice(m), (m := bump(m)), m]
    c = twice(k := tick(3)), k
    d = swapped(x, (x := tick(10))), x
    e = put(tick({}), (k := tick("k")), k), k
    if (m := twice(tick(x))) > 20 and (o := log(tick(m))):
        print("no", m)
    elif (m := bump(tick(x))) > 10:
        print("yes", m)
    while (m := bump(m)) < 14:
        print("round", m)
    g = [last := twice(y) for y in log(tick([1, 2]))], last
    h = ignore(x := tick(5)), x
    i = x + (x := twice(tick(7))) + x
    return a, b, c, d, e, g, h, i


print(f(1))
print(y := twice(tick("module")), y, twice(z := tick("z")), z)
print([w := log(v) for v in range(2)], w)
print((lambda: (p := twice(tick(1))) + p)())
