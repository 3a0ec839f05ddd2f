# What functions of macros capture: by value, by name, in loops, by each other.
from cython.meta import macro, comptime

log = []

@macro
def late(n):
    fs = []
    for i in range(3):
        fs.append(lambda: i)
    return [f() for f in fs], fs

@macro
def mutated(x):
    xs = [1]
    f = lambda: xs
    xs.append(2)
    return f, x

@macro
def in_try(x):
    def f():
        try:
            return x / 0
        except ZeroDivisionError as e:
            return type(e).__name__
        finally:
            log.append("finally")
    return f

@macro
def with_global():
    def bump():
        return total
    return bump
total = 10

@macro
def kwdefaults(x):
    def f(a, /, b=x, *args, c=x + 1, d="d", **kw):
        return a, b, args, c, d, kw
    return f

@macro
def generator_function(n):
    def gen():
        for i in range(n):
            yield i
    return gen

@macro
def gen_fn(n):
    def gen(k):
        for i in range(n + k):
            got = yield i
            if got: log.append(got)
        return "done"
    return gen

@macro
def klass_key(xs):
    def key(p):
        a, b = p
        return b, a
    return sorted(xs, key=key), min(xs, key=key)

@macro
def comp_calls(xs):
    return [shout(x) for x in xs]

def shout(s):
    log.append(s)
    return s.upper()

@macro
def nested_closure(a):
    def outer(b):
        def inner(c):
            return a, b, c
        return inner
    return outer

@macro
def default_dynamic(x):
    return lambda y=x: y

@macro
def conditional(x, flag):
    if flag:
        f = lambda v: v + x
    else:
        f = lambda v: v - x
    return f(1), f

@comptime
def table():
    return {"+": lambda a, b: a + b, "-": lambda a, b: a - b}

@macro
def op(name, a, b):
    return table()[name](a, b)

@macro
def op_fn(name):
    return table()[name]

@macro
def uses_any(xs, n):
    return any(x > n for x in xs), all(x > n for x in xs), max(x * n for x in xs), ", ".join(str(x) for x in xs)

@macro
def dict_sorted(d):
    return dict(sorted(d.items(), key=lambda kv: (-kv[1], kv[0])))

@macro
def swap(f):
    return lambda a, b: f(b, a)

@macro
def compose(*fs):
    def composed(x):
        for f in fs:
            x = f(x)
        return x
    return composed

class A:
    k = 5
    @staticmethod
    def run(xs):
        return uses_any(xs, A.k)

COMPOSED = compose(str, len)

def f(n):
    x = late(n)
    return [g() for g in x[1]], x[0]

def loop():
    made = []
    for i in range(3):
        made.append(default_dynamic(i))
        made.append(conditional(i, True)[1])
        made.append(nested_closure(i)(i + 1))
    return [made[0](), made[1](1), made[2](9), made[3](), made[4](1), made[5](9)]

print(f(3), mutated(1)[0](), in_try(int("3"))(), log)
b = with_global()
print(b(), b(), total)
print(kwdefaults(int("5"))(1), kwdefaults(7)(1, 2, 3, e=4))
print(list(generator_function(int("3"))()), list(gen_fn(int("2"))(1)))
print(klass_key([(1, 2), (2, 1)]), klass_key(list(zip("ab", "ba"))))
print(comp_calls(["a", "b"]), comp_calls(iter("cd")), log)
print(nested_closure(1)(2)(3), loop())
print(op("+", int("1"), 2), op_fn("-")(5, 3))
print(A.run([6, 7]), COMPOSED(1234), A.run(range(3)))
print(dict_sorted({"a": 1, "b": 2}), dict_sorted(dict(zip("xy", [3, 3]))))
print(swap(lambda a, b: a - b)(1, 2), swap(pow)(2, 3))
print((lambda z: [q() for q in [default_dynamic(z), default_dynamic(z + 1)]])(4))
