# A call evaluates its stars before the keywords that stand in front of them.
from cython.meta import macro


@macro
def called(f, first, others):
    return f(k=first, *others)


@macro
def both(f, first, others):
    value = first + 1
    return f(k=value, *others)


def show(name, value):
    print(name)
    return value


def f(*args, **kwargs):
    return args, kwargs


print(called(f, show("first", 1), show("others", [2, 3])))
print(both(f, show("first", 1), show("others", [2, 3])))
