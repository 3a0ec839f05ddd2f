"""Names that Python would mangle in a class."""
from cython.meta import macro, uneval

__K = 3
__version__ = "9.9"
__n = 0


def __hidden(x):
    return x * 2


def bump():
    global __n
    __n += 1


class Box:
    pass


def make():
    box = Box()
    setattr(box, "__secret", 42)
    return box


def show(**words):
    return sorted(words.items())


@macro
def scaled(x):
    return __hidden(x) * __K


@macro
def number():
    return __n


@macro
def secret(box):
    return uneval(box.__secret)


@macro
def words(x):
    return uneval(show(__a=x, b=x))


@macro
def version():
    return __version__
