# A macro can't assign a variable of the program.
from cython.meta import macro

counter = 0


@macro
def assigned():
    global counter
    counter = 1


assigned()
