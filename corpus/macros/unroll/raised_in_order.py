# The parts of what is raised are evaluated in their order, whatever is known of them.
from cython.meta import unroll


def tick(value):
    print("tick", value)
    return value


class Shown:
    def __init__(self, name):
        self.name = name

    def __format__(self, spec):
        return tick(self.name + spec)

    @property
    def label(self):
        return tick(self.name)

    def told(self, *args, **kwargs):
        return tick((self.name, args, kwargs))

    def failure(self, kind):
        return kind(tick(self.name))


@unroll
def named(x, words, n):
    if x:
        raise ValueError(f"{n} of {x:>3}: {n!r} {', '.join(words)}")
    return n


@unroll
def listed(x, words, n):
    if x:
        raise ValueError(tick(n), x.told(n), tick(n + 1), *words, x.label) from tick(None)
    return n


@unroll
def made(x, words, n):
    if x:
        raise x.failure(LookupError) from ValueError(tick(n), x.told(*words, n=n))
    return n


@unroll
def chosen(x, words, n):
    if x:
        raise x.failure(KeyError) if words else x.failure(TypeError)
    return n


def words():
    yield tick("w")


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error, error.__cause__)


def f(x):
    attempt(lambda: named(x, words(), 1))
    attempt(lambda: listed(x, ["w"], 2))
    attempt(lambda: made(x, words(), 3))
    attempt(lambda: chosen(x, words(), 4))
    attempt(lambda: chosen(x, (), 5))


f(Shown("x"))
f(None)
