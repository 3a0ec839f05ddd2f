# With statements in unrolled functions, around static and run-time loops.
from contextlib import contextmanager

from cython.meta import unroll


def tick(value):
    print("tick", value)
    return value


@contextmanager
def entered(name, swallow=False):
    print("enter", name)
    try:
        yield name
    except KeyError as error:
        print("in", name, repr(error))
        if not swallow:
            raise
    finally:
        print("exit", name)


@unroll
def each(x, names):
    out = []
    for name in names:
        with entered(name) as inner:
            out.append((inner, x[name]))
            if x[name] == "stop":
                break
    return out


@unroll
def together(x, name):
    with entered(name, True) as a, entered(a + "2"):
        for key in x:
            if key == name:
                raise KeyError(key)
        return "no error", a
    return "swallowed", a


def f(x):
    return each(x, ("a", "b")), together(x, "a"), together(tick(x), name="c")


print(f({"a": 1, "b": 2}))
print(f({"a": "stop"}))
try:
    each({}, ("z",))
except KeyError as error:
    print("program", error)
