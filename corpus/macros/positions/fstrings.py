# Calls in f-strings: fields and their formats are evaluated from left to right.
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
def bump(x):
    x += 1
    return x


class Shown:
    def __init__(self, name):
        self.name = name

    def __format__(self, spec):
        print("format", self.name, repr(spec))
        return f"<{self.name}|{spec}>"

    def __repr__(self):
        print("repr", self.name)
        return f"[{self.name}]"


def f(x):
    a = f"{tick(x)} {twice(tick(x))} {tick(x)}"
    b = f"{log(x)!r:>{twice(tick(4))}} {tick(x):{log(tick('<'))}{bump(tick(4))}}|"
    c = f"{Shown('first')} {twice(tick(x))} {Shown('second')!r}"
    d = f"{Shown(log(tick('third'))):{log(tick('spec'))}} {Shown('fourth'):a{ignore(tick(x))}b}"
    e = f"{log(x)=} {twice(x) = !s:5}|{ tick(x) = }"
    g = f"{f'{twice(tick(x))} nested'} {twice(f'{tick(x)}')}" "and" f'{log("text")}'
    h = f"{log({'k': x})['k']}{ {x: log(x)} }{{ {log(x):02}"
    return a, b, c, d, e, g, h


print(*f(1), sep="\n")
print(f"{tick('module')} {twice(tick('level '))}")
