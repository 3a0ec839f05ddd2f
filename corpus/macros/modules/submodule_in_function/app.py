# The function reads the module's `pkg`, below which the expansion needs a module.
import pkg


def go():
    start = pkg.NUMBER
    from lib import m
    return m(start)


print(go())
