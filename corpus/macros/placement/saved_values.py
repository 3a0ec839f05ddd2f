# What is evaluated before a call is saved as it was written, in parentheses only where it needs them.
from cython.meta import macro


@macro
def logged(x):
    print("log", x)
    return x + 1


def xs():
    print("xs")
    return [1, 2, 3]


def send(*values):
    print(*values)


def f(y):
    send(xs()[1:2], logged(y))
    send({len(xs()): "a:b", **{}}, logged(y))
    send((lambda: xs())(), logged(y))
    send(n := xs()[0], logged(y))
    send(xs()[
        0
    ], logged(y))
    send(xs()[0]
         + 2, logged(y))
    send((yield xs()), logged(y))
    send(f"""{xs()!r:>3}
    """, logged(y))


list(f(1))
