# Calls in the types of `except`: evaluated when something was raised, one after the other.
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
def put(d, k, v):
    d[k] = v
    return d


def f(x):
    try:
        if x == 1:
            raise KeyError("one")
        if x == 2:
            raise TypeError("two")
        if x == 3:
            raise OSError("three")
        print(twice(tick("no failure")))
    except log(tick(KeyError)) as error:
        return "key", twice(error.args)
    except (tick(ValueError), *log(tick((TypeError,)))):
        return "type or value"
    except put(tick({}), tick(0), tick(OSError))[0]:
        return "os", log(tick("other"))
    else:
        return "else", log(tick("else"))
    finally:
        print("finally", twice(tick("f")))


for n in range(4):
    print(f(n))
try:
    raise log(tick(ValueError))
except log(ValueError) as error:
    print(repr(error))
print("error" in globals())
