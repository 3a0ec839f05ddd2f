"""A variable that a `try` block may leave unbound isn't copied on the way."""
from cython.meta import unroll


@unroll
def in_body(x, r=2):
    try:
        if x > 1:
            a = x
    except ZeroDivisionError:
        a = 0
    if x > 4:
        return a
    return x, r


@unroll
def in_finally(x, r=2):
    try:
        r = r + x
    finally:
        while x > 2:
            a = x
            x -= 1
    if x > 1:
        return a
    return x, r


@unroll
def in_loop(x, r=2):
    try:
        for i in range(x):
            a = i
    finally:
        r = 6 // (x + 1)
    if x > 4:
        return a
    return x, r


@unroll
def always(x, r=2):
    try:
        a = 6 // x
    except ZeroDivisionError:
        a = r
    if x > 4:
        a = a + 1
    return a


for n in range(7):
    for f in (in_body, in_finally, in_loop, always):
        try:
            print(f(n), end=" ")
        except Exception as error:
            print(type(error).__name__, end=" ")
    print(in_body(n), in_loop(n), always(n))
print(in_finally(int("1")), in_finally(int("5")))
