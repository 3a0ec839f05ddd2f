# Two imports that serve one macro, and nothing else: both go.
import pkg
import pkg.impl


def f(x):
    return pkg.impl.double(x)


print(f(4))
