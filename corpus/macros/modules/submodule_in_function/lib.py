from cython.meta import macro
import pkg.x


@macro
def m(v):
    return pkg.x.f(v)
