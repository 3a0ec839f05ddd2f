from cython.meta import macro

NAME = "shape"


@macro
def area(x):
    return ("shape", x)
