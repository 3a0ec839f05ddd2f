"""A function of the library keeps what it decorates."""
import atexit

from uneval.meta import macro


@atexit.register
def goodbye():
    print("registered")


@macro
def thirteen(x):
    return x + 13
