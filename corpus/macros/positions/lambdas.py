# Calls in lambdas: the body when called, the defaults when made, the variables as they are then.
from cython.meta import macro


def tick(value):
    print("tick", value)
    return value


@macro
def twice(x):
    return x + x


@macro
def log(x):
    print("log", x)
    return x


@macro
def kind(x):
    print("kind", type(x).__name__)
    return x


@macro
def ignore(x):
    return 0


@macro
def put(d, k, v):
    d[k] = v
    return d


@macro
def bump(x):
    x += 1
    return x


def f(x):
    a = lambda: twice(tick(x))
    b = lambda y: tick("before") + twice(tick(y)) + tick("after")
    c = lambda y=log(tick("default")), *, k=twice(tick("k")): (log(y), log(k))
    d = lambda y: twice(tick(y)) if y else ignore(tick(y))
    e = [lambda: bump(i) for i in log(range(3))]
    g = [lambda i=i: bump(i) for i in range(3)]
    h = lambda *ys, **ks: put(ks, tick("n"), twice(len(ys)))
    i = lambda y: lambda z: twice(tick(y + z))
    print("made")
    x = "later "
    print(a(), b("b"), c(), d(0), d(1), [l() for l in e], [l() for l in g], h(1, 2, m=3), i(1)(2))
    return sorted(["bb", "a"], key=lambda s: log(tick(len(s))))


print(f("x"))
compose = lambda g, h: lambda x: log(g(twice(h(x))))
print(compose(lambda x: bump(x), lambda x: tick(x))(1))
print((lambda: twice(tick("called")))(), kind(lambda: 1)())
