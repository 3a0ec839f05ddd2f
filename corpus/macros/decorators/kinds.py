# A macro takes functions, methods, async functions, nested ones, classes.
import asyncio
from cython.meta import macro, uneval, quote, op


@macro
def traced(function, label="call"):
    tree = uneval(function)
    name = tree.name
    with quote as line:
        print(label, name)
    tree.body.insert(0, line)
    return tree


@macro
def with_methods(cls):
    tree = uneval(cls)
    tree.body = [trace_method(part) if part.op == op.DEF else part for part in tree.body]
    return tree


@macro
def trace_method(method):
    tree = uneval(method)
    name = tree.name
    with quote as line:
        print("method", name)
    tree.body.insert(0, line)
    return tree.copy() if hasattr(tree, "copy") else tree


# about area
@traced
def area(r, scale=2):
    """The area."""
    # three is near enough
    return 3 * r * r * scale  # as ever


@traced("async")
async def later(value):
    await asyncio.sleep(0)
    return value


class Shape:
    sides = 4

    @traced
    def area(self, width):
        return width * self.sides

    @staticmethod
    @traced("static")
    def make(): return Shape()

    @property
    @traced("property")
    def name(self):
        return "shape"

    @name.setter
    @traced("setter")
    def name(self, value):
        self.sides = value

    @traced("class")
    @classmethod
    def create(cls):
        return cls()

    @traced
    def __secret(self):
        return self.__hidden

    __hidden = "hidden"

    def tell(self):
        return self.__secret()


def outer(n):
    total = n

    @traced("nested")
    def inner(m):
        nonlocal total
        total += m
        return total

    return inner


if len("abc") == 3:
    @traced("three")
    def chosen(): return 3
else:
    @traced("other")
    def chosen():
        return 0


@traced("first")
def twice():
    return 1


print(twice())


@traced("second")
def twice():
    return 2


print(twice(), area(2), area.__doc__, asyncio.run(later(5)))
shape = Shape()
shape.name = 5
print(shape.area(3), Shape.make().sides, shape.name, Shape.create().sides, shape.tell())
print(outer(1)(2), chosen())
