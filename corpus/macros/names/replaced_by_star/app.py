# The later of a definition and a star import is what functions and macros call.
from shapes import area, plain, twice

print(twice(1), plain(5), area(7))
