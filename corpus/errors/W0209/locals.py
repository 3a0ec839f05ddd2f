"""Local variables that have the name of a macro."""
from cython.meta import macro


@macro
def half(x):
    return x / 2


def parameter(n, half):
    return half(half(n))


def assigned(n):
    half = n // 2
    if n > 100:
        return half(n)
    return half


def inner(half=1):
    def later(n):
        return half(n)
    return later


class Shape:
    half = 3
    width = half(8)


def read_only(n, half):
    return n - half


def functions(n):
    half = lambda x: x // 2
    return half(n) + sum(half(n) for half in (int, float)) + (lambda half: half(n))(int)


def defined(n):
    def half(x):
        return x // 2
    return half(n)


def ignored(n, half):
    return half(n)  # uneval: ignore[W0209]
