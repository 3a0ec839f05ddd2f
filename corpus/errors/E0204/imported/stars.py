import sys

from impl import *

if sys.flags.debug:
    def fast(x):
        return x
