# Calls at module level, where every variable can be seen and changed by functions.
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
def swapped(a, b):
    return b, a


def change(value):
    global n
    old, n = n, value
    return old


n = twice(tick(1))
print(n, twice(change(5)), n)
m = n + bump(change(6)) + n
print(m, swapped(n, change(7)), swapped(change(8), n))
if bump(n) > 5:
    k = log(n) + twice(change(9)) + n
    print(k)
else:
    k = ignore(n)
for n in log([1, 2]):
    print(swapped(n, change(n + 10)), n)
del k
x = 1; y = twice(x); x = 2; print(x, y)
print(sorted(name for name in globals() if name[0] != "_" and len(name) == 1))
bump(n)
log(n)
if __name__ == "__main__": log("main")
