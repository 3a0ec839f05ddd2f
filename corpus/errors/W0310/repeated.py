"""What macros repeat of their arguments."""
from cython.meta import macro, uneval, codenode, gensym, quote, VAR


@macro
def square(x):
    return uneval(x * x)


@macro
def both(x):
    """The value, and the code."""
    tree = uneval(x)
    return x + tree.eval()


@macro
def once(x):
    kept = codenode(VAR, name=gensym("kept"))
    return uneval((kept := x) * kept)


@macro
def value(x):
    return x * x


@macro
def either(test, x):
    return uneval(x + 1 if test else x - 1)


@macro
def attempts(x):
    with quote as tree:
        for attempt in range(3):
            x
    tree.eval()


@macro
def early(test, x):
    with quote as tree:
        if test:
            x
            raise ValueError(1)
        x
    tree.eval()


def squares(rows, n):
    print(square(rows.pop()), square(len(rows)), square(n + 1), both(rows.pop(0)))
    print(once(rows.pop()), value(rows.pop()), square(value(rows.pop())))
    print(either(n, rows.pop()), square(rows.pop() + rows.index(n)), square(square(rows.pop())))
    attempts(rows.pop())
    early(n, rows.pop())
    square(rows.pop())  # uneval: ignore[W0310]
