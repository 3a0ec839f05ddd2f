# Calls in classes with private names, and of `super()`.
from cython.meta import macro


def tick(value):
    print("tick", value)
    return value


@macro
def twice(x):
    return x + x


@macro
def log(x):
    print("log", x)
    return x


@macro
def bump(x):
    x += 1
    return x


class Base:
    def name(self):
        return "base"


class Derived(Base):
    __private = twice(tick(1))

    def name(self):
        return twice(tick(super().name()))

    def size(self):
        self.__size = log(tick(2))
        self.__size += twice(self.__private)
        return bump(self.__size), log(__class__.__name__)

    def several(self, __n):
        return [twice(tick(__n)) for __n in log(tick([__n, self.__size]))]


thing = Derived()
print(thing.name(), thing.size(), thing.several(3))
print(sorted(name for name in vars(thing)), [name for name in vars(Derived) if "private" in name])
