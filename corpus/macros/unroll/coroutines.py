# Unrolled coroutines and async generators.
import asyncio

from cython.meta import unroll


def tick(value):
    print("tick", value)
    return value


async def later(x):
    await asyncio.sleep(0)
    return tick(x)


@unroll
async def each(x, names):
    out = []
    for name in names:
        out.append((name, await later(x)))
    if len(names) == 1:
        return out[0]
    return out


@unroll
async def numbers(n, step):
    for i in range(0, 4, step):
        if i > n:
            break
        yield await later(i)


@unroll
async def total(xs, scale):
    result = 0
    async for x in xs:
        result += x * scale
    async with asyncio.Lock() as nothing:
        return result, nothing


async def f(x):
    made = each(x, ("a", "b"))
    print("made")
    print(await made, await each(tick("y"), ("c",)))
    print([i async for i in numbers(x, 2)], await total(numbers(9, 1), 10))


asyncio.run(f(2))
