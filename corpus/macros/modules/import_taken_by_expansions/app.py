# What a macro leaves takes `deep` from the module that imports it for the macro alone.
import kit.util
print(kit.util.late(1))


def f():
    from kit.util import late as q
    return q(2)


print(f())
