from cython.meta import macro
# coding: klingon
