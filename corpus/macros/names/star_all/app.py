# A macro in the `__all__` of its module: the star import that stays must still work.
from tools import *

print(first(1, 2), plain(3))
