# Imports inside functions and classes, and one that replaces another.
def f(a):
    from tools import plus
    return plus(a)


def g(a):
    if a:
        from tools import plus, minus
        return minus(plus(a))
    return a


class C:
    from tools import plus as step
    x = step(1)

    def method(self, step):
        return step(1)


def h(a):
    from tools import plus
    first = plus(a)
    from tools import minus as plus
    return first, plus(a)


def deleted(a):
    from tools import plus
    b = plus(a)
    del plus
    return b


print(f(1), g(1), C.x, C().method(str), h(5), deleted(1))
