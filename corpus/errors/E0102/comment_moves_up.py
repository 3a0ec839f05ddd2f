from cython.meta import macro
# coding: latin-1 is what the old files were in


@macro
def same(x):
    return x


name = same("café")
