# The loop variable where a constant can't take its place: it is assigned in each round.
from cython.meta import unroll, comptime

seen = 0


def rebound(xs):
    for i in unroll(range(3)):
        i += xs[i]
        print(i, end=" ")
    print()


def deleted():
    for i in unroll(range(2)):
        print(i)
        del i
    try:
        print(i)
    except UnboundLocalError:
        print("unbound")


def declared():
    global seen
    for seen in unroll((5, 6)):
        show()


def show():
    print("seen", seen)


def inner():
    def look():
        nonlocal k
        k += 10
        return k
    for k in unroll(range(2)):
        print(look(), k)


def captured():
    late = []
    for n in unroll(range(3)):
        late.append(lambda: n)
        late.append(n for _ in "a")
        late.extend([n * m for m in range(2)])
    return [x() if callable(x) else x if isinstance(x, int) else list(x) for x in late]


def looked_at():
    for word in unroll(("a", "b")):
        print(sorted(locals()), word)


def shown():
    for word in unroll(("it's", 'say "x"')):
        print(f"{word=} {word!r:>10}", word)


def targets(point, xs):
    for point.x in unroll((1, 2)):
        print(point.x)
    for xs[len(xs) - 1] in unroll("ab"):
        print(xs)
    for (a, (b, c)), [d] in unroll([((1, (2, 3)), [4])]):
        print(a, b, c, d)
    for first, *rest in unroll(["abc", (1, 2)]):
        print(first, rest)
    try:
        for a, b in unroll([(1, 2), (1, 2, 3)]):
            print(a, b)
    except ValueError as e:
        print("ValueError", e)
    return a


def matched(x):
    for value in unroll((1, 2)):
        match x:
            case value.real:
                print("is", value)
            case _:
                print("is not", value)


def twice(flag):
    for n in unroll(range(2)):
        if flag:
            global made
            made = n
    return made


def unbound(flag):
    for none in unroll(()):
        pass
    if flag:
        none = 1
    return none


def zero():
    for i in unroll(()):
        x = 1
        yield x
    try:
        print(x, i)
    except UnboundLocalError as error:
        print("unbound")


class Holder:
    pass


rebound([10, 20, 30])
deleted()
declared()
inner()
print(captured())
looked_at()
shown()
print(targets(Holder(), [0, 1]))
matched(2)
print(twice(True), made)
print(unbound(True))
try:
    unbound(False)
except UnboundLocalError:
    print("unbound")
print(list(zero()))
for mutable in unroll([[], [1]]):
    mutable.append(2)
    print(mutable)
for name in unroll(["x", "y"]):
    if comptime(name == "x"): print("one line", name); print(name)
    else: print(name + name)
