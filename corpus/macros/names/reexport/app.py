# Macros through a package's __init__.py, one of them renamed there.
import shapes
from shapes import helper, one, rectangle as box


def f(a):
    return box(a, 2) + one() + shapes.rectangle(3, a)


print(f(4), helper(), shapes.helper())
