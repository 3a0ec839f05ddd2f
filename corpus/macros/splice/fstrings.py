# Calls inside f-strings: quotes, specs, conversions, debug fields, nested ones.
from cython.meta import macro, uneval


@macro
def twice(x):
    return uneval(x + x)


@macro
def key():
    return "key"


@macro
def table():
    return {"a": "b"}


@macro
def choice(a):
    return uneval(lambda: a)


def f(a, b, d):
    return [
        f"{twice(a)}", f'{twice(a)!r:>10}', f"{a:{twice(b)}}", f"{twice(a)=}", f"{ twice(a) = }",
        f"{twice(a)=!s:^20}", f"{d[key()]}", f'{d[key()]}', f"{table()}", f"{choice(a)}", f"{twice(d['x'])}",
        f"{f'{twice(a)}'}", rf"\d{twice(a)}", F"x{twice(a)}y{{twice(a)}}", f"{twice(a)}" "{twice(a)}",
        f"""{
            twice(a)
        } and {twice("it's")}""", f"{twice(a):{twice(b)}.{twice(1)}f}", f"{key()}{key()}",
    ]


print(f(1, 2, {"key": 3, "x": "y"})[:8])
