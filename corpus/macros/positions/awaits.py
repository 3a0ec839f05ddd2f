# Calls around and below `await`.
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


async def later(value):
    print("start", value)
    await asyncio.sleep(0)
    print("end", value)
    return value


async def f(x):
    a = await later(twice(tick(x)))
    b = twice(await later(x))
    c = tick("before"), log(await later(log(x))), tick("after")
    d = await kind(later(tick("coroutine")))
    e = put(tick({}), await later("k"), await later("v"))
    g = bump(await later(1)) if await later(twice(x)) else ignore(await later(2))
    h = await later("and") and twice(await later("both"))
    return a, b, c, d, e, g, h


print(asyncio.run(f(1)))
