# -*- coding: klingon -*-
# An encoding that Python does not know.
from cython.meta import macro
