# What is raised, or would be, stays where it stood: the program's own `try` sees it.
from cython.meta import unroll


def tick(value):
    print("tick", value)
    return value


@unroll
def checked(x, kind):
    if kind not in ("int", "str"):
        raise ValueError(f"no kind {kind}")
    if x is None:
        raise TypeError("none") from None
    return kind, x


@unroll
def divided(x, n):
    if n == 0:
        tick("before")
        y = x // 1
        return y, 1 // n
    return x / n


@unroll
def looked_up(x, key):
    table = {"a": 1}
    if x:
        return table[key]
    return "".join(["not ", "needed"])


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


def f(x):
    attempt(lambda: checked(x, "int"))
    attempt(lambda: checked(x, "float"))
    attempt(lambda: divided(x or 1, 0))
    attempt(lambda: divided(tick(x or 2), 2))
    attempt(lambda: looked_up(x, "a"))
    attempt(lambda: looked_up(x, "b"))
    try:
        return checked(tick(x), "complex")
    except ValueError as error:
        return error.args


print(f(1))
print(f(None))
