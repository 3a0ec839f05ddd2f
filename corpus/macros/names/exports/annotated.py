"""An annotated list, over several lines, with comments."""
from cython.meta import macro

__all__: list[str] = [
    "area",  # a function
    "square",  # a macro
    "volume",
]


@macro
def square(x):
    return x * x


def area(r):
    return 3 * square(r)


def volume(r):
    return 4 * r * square(r)
