"""Functions that are picked by the types of their arguments."""
import inspect
from fractions import Fraction

from dispatch import overloads


class Circle:
    def __init__(self, radius):
        self.radius = radius


class Ring(Circle):
    def __init__(self, radius, inner):
        super().__init__(radius)
        self.inner = inner


with overloads() as overload:
    @overload
    def describe(flag: bool):
        """Says what something is."""
        return "yes" if flag else "no"

    @overload
    def describe(number: int | Fraction):
        # A bool has been dealt with.
        half = number / 2
        return f"the number {number}, twice {half}"

    unit = "cm"

    @overload
    def describe(text: str, times: int):
        for _ in range(times):
            if not text:
                return "nothing"
            text += text[-1]
        return text

    @overload
    def area(ring: Ring):
        return area(Circle(ring.radius)) - area(Circle(ring.inner))

    @overload
    def area(circle: Circle):
        return 3 * circle.radius ** 2

    @overload
    def area(width: int, height: int, /):
        return width * height

    @overload
    def area(anything):
        print(f"no idea of {anything!r} in {unit}")

    @overload
    def describe():
        return f"{unit}"


class Pen:
    """Has a method with several meanings."""

    with overloads() as overload:
        @overload
        def draw(self, text: str):
            return f"{self.colour} {text}"

        @overload
        def draw(self, circle: Circle, filled: bool):
            return f"{self.colour} circle of {circle.radius}, {filled}"

    colour = "red"


def attempt(function, *args):
    try:
        return function(*args)
    except TypeError as error:
        return f"TypeError: {error}"


print(describe(True), describe(7), describe(Fraction(1, 3)), describe("ab", 2), describe("", 1), describe())
print(area(Circle(2)), area(Ring(3, 1)), area(4, 5), area("?"))
print(Pen().draw("line"), Pen().draw(Ring(3, 1), True))
print(attempt(describe, "ab", "c"), attempt(describe, 1.5), attempt(area), attempt(Pen().draw, 1), sep="\n")
for function in describe, area, Pen.draw:
    print(function.__qualname__, function.__doc__, inspect.signature(function))
