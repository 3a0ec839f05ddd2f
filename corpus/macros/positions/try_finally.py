# Calls in the parts of `try`, and calls that raise.
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


@macro
def item(xs, i):
    print("item", i)
    return xs[i]


def f(xs, i):
    try:
        print(tick("before"), twice(item(xs, tick(i))), tick("after"))
    except IndexError:
        print("caught", log(tick("index")))
        return bump(tick(1))
    except TypeError as error:
        x = tick("kept"), log(type(error)), tick("raised again")
        raise
    else:
        return twice(tick("else"))
    finally:
        print("finally", log(tick(i)))


def g(n):
    for i in range(n):
        try:
            if twice(i) == 2:
                continue
            if bump(i) == 4:
                break
            print("round", i)
        finally:
            print("end of", log(i))
    return i


print(f([1], 0), f([1], 1))
try:
    f([None], "x")
except TypeError as error:
    print(type(error).__name__)
print(g(9))
