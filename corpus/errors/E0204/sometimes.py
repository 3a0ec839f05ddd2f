# A name that is a macro on one path only.
import sys

from cython.meta import macro


@macro
def m(x):
    return x


if len(sys.argv) > 1:
    m = str

print(m(1))
