# Methods that are taken from builtin classes look at the value, not at what stands for it.
from cython.meta import macro, unroll


@macro
def looks(x):
    written = object.__repr__
    return object.__eq__(x, x), str.__len__(x), written(x) == object.__repr__(x)


@macro
def known(text):
    return str.__len__(text), object.__eq__(text, 1) is NotImplemented


@unroll
def text_of(x):
    try:
        text = str(x)
    except ValueError:
        text = object.__repr__(x)[:7]
    return text


class Silent:
    def __str__(self):
        raise ValueError


def f(x):
    return looks(x), known("abc"), object.__hash__(x) == hash_of(x), text_of(Silent()), text_of(1)


@macro
def hash_of(x):
    return object.__hash__(x)


print(f("abcd"))
