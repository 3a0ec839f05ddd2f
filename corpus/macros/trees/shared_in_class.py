"""A value that is shared where no name may stay behind."""

from enum import Enum

from cython.meta import macro, uneval


@macro
def twice(x):
    t = uneval(x)
    return (t + t).eval(share=True)


@macro
def spread(x, y):
    t = uneval(x)
    return (uneval(y) + t * t).eval(share=True)


def base():
    print("base")
    return 4


n = 3


class Level(Enum):
    LOW = 1
    HIGH = twice(base() + 1)
    MIDDLE = spread(base() + n, n)


class Plain:
    values = [x for x in twice([base()])]
    lazy = lambda self: twice(base())

    @staticmethod
    def method(x: "int" = twice(base())):
        return twice(x + base())


print(list(Level))
print(Plain.values, Plain().lazy(), Plain.method(), [name for name in vars(Plain) if name[:1] != "_"])
print([y for y in twice([base()])])
