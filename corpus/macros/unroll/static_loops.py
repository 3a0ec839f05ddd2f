# Loops on static values: `for` over everything, `while`, nested, with break, continue and else.
from cython.meta import unroll


def tick(value):
    print("tick", value)
    return value


@unroll
def loops(x):
    out = []
    for i in range(2):
        for name in "ab":
            out.append((i, name, x + i))
    for key, value in {"k": 1, "l": 2}.items():
        out.append((key, x * value))
    for i, (a, b) in enumerate(zip((1, 2), (3, 4)), start=1):
        out.append(i * a + b * x)
    n = 3
    while n:
        n -= 1
        if n == 1:
            continue
        out.append(n)
    else:
        out.append("else of while")
    for i in range(5):
        if i == 2:
            break
        out.append(tick(i))
    else:
        out.append("never")
    for i in ():
        out.append("never")
    else:
        out.append("else of for")
    while True:
        n += 1
        if n > 2:
            break
    return out, i, n, a


def f(y):
    return loops(y)


print(f(1))
print(f(1.5))
