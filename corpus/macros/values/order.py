# Every operation on a run-time value happens once, in the order in which the macro does it.
from cython.meta import macro

log = []


class Traced:
    def __init__(self, name):
        self.name = name

    def note(self, what, *others):
        words = [o.name if isinstance(o, Traced) else repr(o) for o in others]
        log.append(" ".join([self.name, what, *words]))
        return Traced("(" + log[-1] + ")" if len(log[-1]) < 20 else str(len(log)))

    def __add__(self, other):
        return self.note("+", other)

    def __radd__(self, other):
        return self.note("r+", other)

    def __iadd__(self, other):
        self.note("+=", other)
        return self

    def __mod__(self, other):
        return self.note("%", other)

    def __lt__(self, other):
        self.note("<", other)
        return True

    def __gt__(self, other):
        self.note(">", other)
        return True

    def __getitem__(self, key):
        return self.note("[]", key)

    def __setitem__(self, key, value):
        self.note("[]=", key, value)

    def __call__(self, *args, **kwargs):
        return self.note("()", *args, *kwargs.values())

    def __format__(self, spec):
        self.note("format", spec)
        return self.name

    def __contains__(self, value):
        self.note("in", value)
        return True

    def __iter__(self):
        self.note("iter")
        return iter((1, 2))

    def __neg__(self):
        return self.note("neg")


@macro
def expressions(x, y):
    first = x + 1
    second = 2 + y
    third = first[second](k=-x)
    return third, first, f"{third:a}{x}" + f"{y}", x < y < 3, 4 < x, 5 in y


@macro
def statements(x, y):
    x[y + 1] = y % 2
    y += x
    y[0] += 1
    unused = x[1]
    return [*x, y], y


@macro
def backwards(f, x, y):
    a = f(x)
    b = f(y)
    c = f(a, b)
    return c, b, a, (b, a)


def names(value):
    if isinstance(value, (tuple, list)):
        return [names(v) for v in value]
    return value.name if isinstance(value, Traced) else value


print(names(expressions(Traced("x"), Traced("y"))), log)
log.clear()
print(names(statements(Traced("x"), Traced("y"))), log)
log.clear()
print(names(backwards(Traced("f"), Traced("x"), Traced("y"))), log)
