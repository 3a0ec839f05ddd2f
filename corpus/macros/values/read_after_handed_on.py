# Lists, sets and dicts that the program has: what an operator reads of them is read when it runs.
from uneval.meta import macro
@macro
def m(f):
    xs = [1]
    f(xs)
    return xs + [2]
@macro
def b(f):
    xs = []
    f(xs)
    if xs:
        return "full"
    return "empty"
@macro
def r(f):
    xs = [1]
    f(xs)
    return xs * 2
@macro
def u(f):
    xs = [1, 2]
    f(xs)
    a, *b = xs
    return a, b
@macro
def d(f):
    x = {"a": 1}
    f(x)
    return x | {"b": 2}
@macro
def s(f):
    x = {"a", "b"}
    f(x)
    return sorted(x - {"b"}, key=str)
@macro
def bo(f):
    x = []
    f(x)
    return x or "none", not x
def g(x):
    if isinstance(x, list): x.append(9)
    elif isinstance(x, set): x.add(9)
    else: x["z"] = 9
print(m(g)); print(r(g)); print(u(g)); print(d(g)); print(s(g))
@macro
def p(v):
    a, *b = v
    (c, *d), e = [1, 2, 3], 4
    *f, h = "xyz"
    return a, b, c, d, e, f, h
from uneval.meta import unroll
@unroll
def q(f, v):
    xs = []
    f(xs)
    if xs:
        y = "full"
    else:
        y = "empty"
    out = []
    for a, *b in [v, (1, 2, 3)]:
        out.append((a, b))
    return y, out, xs or 5
def k(z): return p(z), q(g, z)
print(k("uvw"))
@macro
def unbound(f):
    xs, x = [1], {"a": 1}
    f(xs)
    f(x)
    return list.copy(xs), dict.get(x, "z"), list.index(xs, 9)
print(unbound(g))
