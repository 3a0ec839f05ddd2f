# Calls in compound statements on one line, and in statements joined by semicolons.
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


def f(x): return twice(tick(x))
def g(x): y = twice(tick(x)); x = tick("x"); return y, log(x), x
class C: size = twice(tick(1)); name = log(tick("name"))


def h(x, z):
    if x: y = twice(tick(z))
    else: y = log(tick("else")); z = bump(z)
    for i in twice([z]): print(i); put(tick({}), tick(i), i)
    while z > 1: z = z - 1; log(z)
    try: log(tick("try")); raise ValueError
    except ValueError: y = twice(y); print(y)
    finally: log(tick("finally")); z = twice(tick(z))
    with open(__file__) as file: y = log(file.readable()); file.close()
    if ignore(x): pass
    elif log(tick(z)): z = bump(tick(z)); y = twice(z)
    a = tick(1); b = twice(tick(a)); c = tick(3); d = put(tick({}), tick(a), b)
    tick("first"); log(tick("second")); tick("third");
    return a, b, c, d, y, z


print(f(1), g(2), C.size, C.name)
print(h(0, 1)); print(h(1, 2)); log(tick("end"));
if tick(1): n = twice(tick(4)); print(n)
match tick(1):
    case 1: n = bump(n); print(log(n))
async def k(x): x = twice(tick(x)); return x
