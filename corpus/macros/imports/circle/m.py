from cython.meta import macro, comptime
import base
LIMIT = comptime(base.BASE + 1)
@macro
def use(x):
    import base
    return x + base.get()
