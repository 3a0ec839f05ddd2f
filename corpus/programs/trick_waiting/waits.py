"""Functions that wait a random time before they begin."""
from asyncio import sleep as async_sleep
from random import Random
from time import sleep

from cython.meta import ASYNCDEF, macro, quote, uneval

pauses = []
dice = Random(4)


def pause(low, high):
    seconds = dice.uniform(low, high)
    pauses.append(f"{seconds * 1000:.2f} ms")
    return seconds


@macro
def waiting(fn, low, high):
    """Lets each call of the function wait between `low` and `high` seconds."""
    f = uneval(fn)
    if f.op == ASYNCDEF:
        with quote as wait:
            await async_sleep(pause(low, high))
    else:
        with quote as wait:
            sleep(pause(low, high))
    f.body.insert(0, wait)
    return f
