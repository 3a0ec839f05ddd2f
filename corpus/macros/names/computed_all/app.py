# Names of macros leave an `__all__` that is computed, when the module runs.
from shapes import *
import shapes

print(area(2), half(3), twice(4), len(shapes.TITLES))
