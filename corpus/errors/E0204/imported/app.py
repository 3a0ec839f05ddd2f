# Names that other modules bind in several ways: told at the import, with all bindings.
import stars
from lib import fast, other, twice
from stars import *

print(fast(1), twice(2), other(3), stars.fast(4))
