# Comprehensions with calls at module level; their variables stay their own.
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
def bump(x):
    x += 1
    return x


@macro
def put(d, k, v):
    d[k] = v
    return d


x = "outer"
a = [twice(tick(x)) for x in log(tick([1, 2]))]
b = {log(x): [bump(tick(y)) for y in log(tick([x]))] for x in range(2) if twice(tick(x)) < 2}
c = {twice(x) for x in tick([1, 2]) for y in log(tick("a"))}
print(a, b, c, x)
for row in [put(tick({}), tick(n), twice(tick(n))) for n in range(2)]: print(row)
print([tick(n) for n in (log(tick(n)) for n in log(tick([1, 2])))])
d = [last := twice(tick(n)) for n in log([1, 2])]
print(d, last)
