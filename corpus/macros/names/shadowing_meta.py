# Names of the file that are spelled like compile-time names, and mean something else.
from cython.meta import macro as compile_time


def macro(function):
    return function


@macro
def uneval(x):
    return ("plain", x)


class codenode:
    args = ()


@compile_time
def m(x):
    return x


PLUS = "+"
print(uneval(m(3)), codenode.args, PLUS)
