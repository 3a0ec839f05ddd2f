# A name that shadows a macro is no macro: parameters, locals, comprehensions, classes, `del`.
from cython.meta import macro


@macro
def m(x):
    return x + 1000


def macro_call(a):
    return m(a)


def parameter(m, a):
    return m(a)


def local(a):
    m = str
    return m(a)


def loop(a):
    for m in (str, repr):
        a = m(a)
    return a


def handled(a):
    try:
        raise ValueError(a)
    except ValueError as m:
        return type(m).__name__


def comprehension(a):
    return [m(a) for m in (str, float)], m(a)


def generator(a):
    return sum(m(a) for a in range(a))


def lambdas(a):
    return (lambda m: m(a))(str), (lambda a: m(a))(a)


def nested(a):
    def m(x):
        return ("inner", x)

    def use():
        return m(a)

    return use()


def outer_stays(a):
    def use():
        return m(a)

    return use()


class Holder:
    def m(self, x):
        return ("method", x)

    def use(self, a):
        return self.m(a), m(a)


class Body:
    before = m(1)

    def method(self):
        return m(2)


def declared(a):
    global m
    return m(a)


def walrus(a):
    return (m := str) and m(a)


def matched(a):
    match (str,):
        case (m,):
            return m(a)


print(macro_call(1), parameter(str, 1), local(1), loop(1), handled(1))
print(comprehension(1), generator(3), lambdas(1), nested(1), outer_stays(1))
print(Holder().use(1), Body.before, Body().method(), declared(1), walrus(1), matched(1))
