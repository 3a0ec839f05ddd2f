# A function of a macro would be an attribute of the class whose body calls the macro.
from cython.meta import comptime, macro


@comptime
def now():
    pass


@macro
def composed(*fs):
    now()
    def apply(x):
        for f in fs:
            x = f(x)
        return x

    return apply


class Reader:
    size = composed(str, len)
    first = staticmethod(lambda x: composed(str)(x)[0])
