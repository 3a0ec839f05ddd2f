"""What a module is called at compile time."""
from uneval.meta import comptime, macro


@comptime
def module():
    return __name__, __file__, __doc__


@macro
def name():
    return __name__


print(comptime(module()), name())
