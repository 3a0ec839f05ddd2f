"""Functions that wait a random time before they begin."""
from asyncio import sleep as async_sleep
from functools import wraps
from inspect import iscoroutinefunction
from random import Random
from time import sleep

pauses = []
dice = Random(4)


def pause(low, high):
    seconds = dice.uniform(low, high)
    pauses.append(f"{seconds * 1000:.2f} ms")
    return seconds


def waiting(low, high):
    """Lets each call of the function wait between `low` and `high` seconds."""
    def decorate(fn):
        if iscoroutinefunction(fn):
            @wraps(fn)
            async def wrapper(*args, **kwargs):
                await async_sleep(pause(low, high))
                return await fn(*args, **kwargs)
        else:
            @wraps(fn)
            def wrapper(*args, **kwargs):
                sleep(pause(low, high))
                return fn(*args, **kwargs)
        return wrapper
    return decorate
