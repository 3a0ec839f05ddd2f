# Static and run-time arguments in every mixture; each call is specialised on its own.
from cython.meta import unroll


def tick(value):
    print("tick", value)
    return value


@unroll
def mixed(a, b, op):
    if op == "add":
        return a + b
    if a > b:
        if b == 0:
            return "zero", op
        return a - b
    return [a] * b if op == "list" else (a, b, op)


def f(x, y, op):
    print(mixed(x, 2, "add"), mixed(3, y, "add"), mixed(1, 2, "add"), mixed(x, y, op))
    print(mixed(x, 0, "list"), mixed(0, y, "list"), mixed(tick(2), tick(3), "list"), mixed(3, 0, op))
    return mixed(tick(x), tick(y), tick("add")), mixed(1, 2, op), mixed(2, 1, "sub")


print(f(1, 2, "add"))
print(f(2, 1, "list"))
print(mixed(1, 2, "list"), mixed(tick(5), 1, op=tick("add")))
