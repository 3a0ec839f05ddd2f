from cython.meta import macro

@macro
def twice(x):
    return x + x
