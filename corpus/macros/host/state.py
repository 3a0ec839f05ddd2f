# State of a macro's module lives on from call to call of one file.
from cython.meta import macro, comptime

SEEN = comptime([])
NAMES = comptime({})


@comptime
class Counter:
    value = 0

    @classmethod
    def next(cls):
        cls.value += 1
        return cls.value


@macro
def number(name):
    if name not in NAMES:
        NAMES[name] = Counter.next()
    SEEN.append(name)
    return NAMES[name]


@macro
def seen():
    return list(SEEN)


print(number("a"), number("b"), number("a"), seen())
