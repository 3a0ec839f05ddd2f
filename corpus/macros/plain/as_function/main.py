# Macros that can't be expanded in their places, but are the same as functions of the program.
from shapes import nested, record, scaled

label = "mine"


class Square:
    @scaled(2)
    def area(self):
        return 3

    @scaled(3, "a", "b", unit="km", other=label)
    def side(self):
        return 1


def made(z):
    return [tuple(record(z, i)()) for i in range(z)], record(y=1, x=2).b


print(Square().area(), Square().side(), made(2), label)
print(nested(2, "core").inner.inner.inner)
