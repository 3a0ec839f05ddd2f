# Control flow on values that are known: it is gone from the output.
from cython.meta import macro


@macro
def collatz(n):
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
        if steps > 1_000:
            break
    else:
        return steps
    return None


@macro
def power(x, n):
    result = 1
    for _ in range(n):
        result = result * x
    return result


@macro
def described(value):
    match value:
        case {"kind": str(kind), **rest}:
            return kind, rest
        case [first, *others]:
            return first, others
        case int() | float() if value > 10:
            return "large"
        case None:
            return "none"
        case _:
            return "other"


@macro
def chosen(a, b, flag=False, *, default=None):
    if flag and not default or default == 0:
        return a
    elif (n := len("abc")) > 2 and flag is False:
        return b
    return n


def f(x, y):
    return power(3, 3), collatz(27), chosen(x, y), chosen(x, y, True)


print(f(2, 3))
print(described({"kind": "k", "n": 1}), described([1, 2, 3]), described(11), described(None), described(1.5))
