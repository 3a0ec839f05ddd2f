# Ways that part and come together.
from cython.meta import macro, uneval


@macro
def again(x):
    return uneval(x)


@macro
def branches(x):
    return uneval(x, branches=True)


def either(c: int):
    if c > 1:
        y = c * 2
    elif c:
        y = 1
    else:
        y = c - 1
    return again(y), branches(y), branches(y) + 1


def one_leaves(c):
    if c:
        y = 1
    else:
        return "left"
    return again(y)


def overwritten(c):
    y = 1
    if c:
        y = c + 1
        c = 0
    return again(y), branches(y)


def loops(xs):
    start = 10
    total = 0
    for x in xs:
        doubled = x + x
        total += again(doubled) + again(start)
    else:
        start += 1
    return again(total), again(start)


def round_and_round(n):
    y = n
    while n:
        print(again(y), end=" ")
        n -= 1
        y = n + n
    return again(y)


def tried(x):
    y = 1
    try:
        y = 2
        z = again(y)
        y = 1 // x
    except ZeroDivisionError as e:
        return again(y), z, type(again(e)).__name__
    else:
        z = again(y) + 5
    finally:
        print("finally", again(y))
    return again(y), again(z)


def matched(x):
    y = 1
    match x:
        case [y, 2] if again(y) > 0:
            return again(y)
        case 3:
            z = 3
        case _:
            z = 4
    return again(y), again(z)


print(either(2), either(1), either(0), one_leaves(1), one_leaves(0), overwritten(0), overwritten(3))
print(loops([1, 2]), round_and_round(2), tried(0), tried(2), matched([7, 2]), matched(3))
