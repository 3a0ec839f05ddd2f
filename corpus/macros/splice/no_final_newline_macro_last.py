# The macro stands last, without a newline.
from cython.meta import macro

print(one())

@macro
def one(): return 1