# A byte that is no UTF-8.
from cython.meta import macro

name = "café"
