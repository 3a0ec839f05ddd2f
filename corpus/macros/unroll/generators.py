# Unrolled generator functions: nothing runs before the first value is asked for.
from cython.meta import unroll


def tick(value):
    print("tick", value)
    return value


@unroll
def steps(x, names):
    tick("started")
    for name in names:
        got = yield name, x
        if got:
            x = got
        print(name, "got", got)
    if len(names) > 1:
        yield from names
    return "end", x


@unroll
def flat(tree, depth):
    if depth == 0:
        yield tree
    else:
        for item in tree:
            yield from flat(item, depth - 1)


@unroll
def outer(x):
    result = yield from steps(x, ("a",))
    print("result", result)
    yield "last"


def f(x):
    made = steps(tick(x), ("a", "b"))
    print("made")
    yield next(made)
    yield made.send("sent")
    yield from made


print(list(f(1)))
print(list(outer(2)), list(steps(3, ())))
print(list(flat([[1, 2], [3]], 2)), list(flat(tick("x"), 0)))
