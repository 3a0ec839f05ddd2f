# A parameter or local called as a builtin that reads its frame is a variable like any other.
from cython.meta import macro, unroll


@unroll
def power(x, dir):
    r = x
    for _ in range(dir - 1):
        r = r * x
    return r


@unroll
def scaled(vars, locals):
    eval = vars
    for exec in range(locals):
        eval = eval + exec
    super = eval * 2
    globals = [super for __class__ in range(1)]
    return globals[0]


@macro
def between(lo, x, dir):
    return lo <= x <= dir


@macro
def either(eval, exec, super):
    return eval < exec < super != locals_of(exec)


def locals_of(x):
    return {"x": x}


@macro
def names(o):
    return len(dir(o)) > 3, sorted(vars(o))


@macro
def listed(prefix):
    return [n for n in dir(prefix) if n.startswith("title")]


@unroll
def framed(n):
    x = n + 1
    return sorted(locals()), dir()


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y


def f(y):
    print(power(y, 3), scaled(y, 3), between(1, y, 3), either(1, y, 4))
    print(names(Point(y, y)), listed("abc"), framed(y))


def g():
    for vars in [5, 6]:
        dir = power(vars, 2)
        print(dir, end=" ")


f(2)
f(4)
g()
