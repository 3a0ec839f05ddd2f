# Classes in a macro's body and at compile time: methods, properties, inheritance, operators.
from cython.meta import macro, comptime


@comptime
class Animal:
    count = 0

    def __init__(self, name):
        self.name = name
        type(self).count += 1

    @property
    def loud(self):
        return self.name.upper()

    @classmethod
    def new(cls, *names):
        return [cls(name) for name in names]

    @staticmethod
    def legs():
        return 4


@comptime
class Dog(Animal):
    def __init__(self, name):
        super().__init__(name + "!")

    def __add__(self, other):
        return Dog(self.name + other.name)

    def __repr__(self):
        return f"Dog({self.name!r})"


@macro
def kennel(*names):
    class Cat(Animal):
        legs = None

    dogs = Dog.new(*names)
    return [dog.loud for dog in dogs], repr(dogs[0] + dogs[-1]), Dog.count, Dog.legs(), Cat("c").loud


print(kennel("a", "b"))
print(kennel("c"))
