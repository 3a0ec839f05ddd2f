# Functions, comprehensions and generators of macros that reach the program: their source is left.
from cython.meta import macro, unroll

@macro
def adders(n, xs):
    fs = [lambda a: a + n, lambda a, b=n: a * b]
    return [f(x) for f in fs for x in xs], fs

@macro
def counter(start):
    """A decorator with arguments."""
    def deco(f):
        def wrapper(*args, **kw):
            # Calls f.
            calls.append(start)
            return f(*args, **kw)
        return wrapper
    return deco

calls = []

@counter(3)
def hello(name):
    return "hello " + name

def later(k):
    @counter(k)
    def inner(a):
        return a * 2
    return inner

@macro
def recursive(x):
    def fact(n):
        return 1 if n < 2 else n * fact(n - 1)
    return map(fact, x)

@macro
def same(x):
    f = lambda v: v + 1
    return f is f, ident(f) is ident(f), [f, f][0] is f, x

def ident(v): return v

@macro
def total(xs, k):
    return sum(x * k for x in xs)

@macro
def lazily(xs, k):
    return (x * k for x in xs if x)

@macro
def nested(xs, ys):
    return [(x, y) for x in xs for y in ys if x != y]

@macro
def setdict(xs, k):
    return {x % 3 for x in xs}, {x: k for x in xs}

@macro
def shadow(xs):
    x = 5
    r = [x for x in xs]
    return r, x

@macro
def partials(xs):
    import functools
    return list(map(functools.partial(pow, 2), xs))

@unroll
def keyed(xs, n):
    out = []
    for i in range(n):
        out.append(sorted(xs, key=lambda p: p[i]))
    return out

@unroll
def comps(xs, n):
    total = 0
    for i in range(n):
        total += sum([x * i for x in xs])
    return total

def gens(xs):
    out = []
    for k in range(3):
        out.append(lazily(xs, k))
    return [list(g) for g in out]

def keys(xs):
    r = []
    for k in range(2):
        r.append(sorted(xs, key=pick(k)))
    return r

@macro
def pick(k):
    return lambda p: p[k]

print(adders(2, [1, 2, 3])[0], adders(int("2"), [1, 2])[0])
print(hello("x"), later(7)(4), calls)
print(list(recursive([1, 2, 3, 4])))
print(same(1))
print(total([1, 2, 3], int("4")), total(range(int("5")), 2), total(iter("ab"), 2) if 0 else None)
print(list(lazily([0, 1, 2], int("3"))), gens([1, 2]), keys(["ab", "ba"]))
print(nested([1, 2], range(int("3"))), nested(range(int("2")), [1, 0]))
print(setdict(range(int("5")), [1]), shadow([1, 2]), shadow(range(int("3"))))
print(keyed(["ab", "ba"], 2), comps([1, 2, 3], 3))
