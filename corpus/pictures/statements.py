import sys
from math import pi as π, sin

class Circle(Shape, sides=0):
    """Round."""
    radius: float = 1.0

    def area(self):
        return π * self.radius ** 2

def main(*names, loud=False):
    for name in names:
        try:
            print(f"Hello {name!r:>{10 + 2}}", end="" if loud else "\n")
        except (OSError, ValueError) as error:
            sys.exit(error.args[0] if error.args else 1)
    with open(names[-1]) as file:
        lines = [line.strip() for line in file if line]
    return lambda x, y=-1: x[y:len(lines)]
