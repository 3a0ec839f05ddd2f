# Form feeds between definitions, and before a statement.
from cython.meta import macro, uneval


@macro
def twice(x):
    return uneval(x + x)



def f(a):
    return twice(a)

def g(a):
    return twice(a)
