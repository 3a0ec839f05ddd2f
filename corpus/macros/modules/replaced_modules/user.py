import lib
import other

print(lib.u(0))


def go():
    return lib.u(1)


def known(x):
    return other.u(x)
