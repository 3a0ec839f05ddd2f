# Calls in `async for`, `async with` and async comprehensions.
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
def kind(x):
    print("kind", type(x).__name__)
    return x


@macro
def bump(x):
    x += 1
    return x


async def numbers(n):
    for i in range(n):
        yield twice(tick(i))


class Entered:
    def __init__(self, name):
        self.name = name

    async def __aenter__(self):
        print("enter", self.name)
        return self.name

    async def __aexit__(self, *failure):
        print("exit", self.name)


async def f(n):
    async for i in numbers(bump(tick(n))):
        print(log(i))
    else:
        print(twice(tick("else")))
    async with Entered(twice(tick("a"))) as a, Entered(log(tick("b"))) as b:
        print(twice(a), log(b))
    c = [twice(i) async for i in kind(numbers(tick(2)))]
    d = {log(i): bump(tick(i)) async for i in numbers(n) if log(i) < 2}
    e = [twice(await one(tick(i))) for i in log(range(2))]
    g = [i async for i in (bump(tick(i)) async for i in numbers(2))]
    return c, d, e, g


async def one(x):
    return bump(x)


print(asyncio.run(f(2)))
