# `yield` and `await` in the arguments of calls that aren't always evaluated.
import asyncio

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


def numbers(x):
    a = twice((yield "a")) if x else ignore((yield "b"))
    b = x and log((yield "c"))
    c = x or twice((yield "d"))
    d = tick(0) < log((yield "e")) < twice((yield "f"))
    e = f"{twice((yield 'g'))} {log((yield 'h')):>{(yield 'i')}}"
    while twice((yield "j")) > 4:
        print("round")
    assert log((yield "k")), twice((yield "l"))
    return a, b, c, d, e


def drive(made):
    sent = None
    for n in range(12):
        try:
            print("yielded", made.send(sent))
        except (StopIteration, AssertionError) as ended:
            return type(ended).__name__, ended.args
        sent = n % 4


async def later(x):
    await asyncio.sleep(0)
    return tick(x)


async def f(x):
    a = x and twice(await later(1)) or log(await later(2))
    b = [twice(await later(n)) for n in range(2) if log(await later(n))]
    c = {await later("k"): log(await later("v"))} if x else {log(await later(3))}
    d = f"{twice(await later('s'))}{await later(1)}"
    if await later(0):
        pass
    elif twice(await later(x)):
        print("elif")
    return a, b, c, d


print(drive(numbers(0)))
print(drive(numbers(1)))
print(asyncio.run(f(0)), asyncio.run(f(1)))
