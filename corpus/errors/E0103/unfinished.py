# A parenthesis that is never closed.
from cython.meta import macro

print((1, 2)
x = 3
