# Calls in what generators yield, and in what is sent to them.
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
def put(d, k, v):
    d[k] = v
    return d


def numbers(x):
    yield twice(tick(x))
    got = yield log(tick("first"))
    print("got", got)
    got = twice((yield bump(tick(x))))
    print("got", got)
    box = put(tick({}), (yield "key"), (yield "value"))
    print("box", box)
    pair = tick("before"), (yield ignore(tick(x))), log((yield)), tick("after")
    yield pair
    yield from log(tick("xy"))
    yield from (log(n) for n in twice(tick([1])))
    return twice(tick("returned"))


def outer():
    result = yield from numbers(1)
    print("result", result)
    result = twice((yield from inner()))
    yield log(result)


def inner():
    yield 1
    return tick("inner")


made = outer()
print("made")
print(next(made))
for n in range(20):
    try:
        print("yielded", made.send(f"sent {n}" if 0 < n < 7 else None))
    except StopIteration as stopped:
        print("stopped", stopped.value)
        break
