# Without `__all__` a star import brings all public names.
from lib import *
print(m(1), h(2))
