# f-strings in macros: each field is formatted where Python does it.
from cython.meta import macro

log = []


class Loud:
    def __init__(self, name):
        self.name = name

    def __format__(self, spec):
        log.append(f"format {self.name} {spec!r}")
        return self.name

    def __repr__(self):
        log.append("repr " + self.name)
        return "Loud"

    def __str__(self):
        log.append("str " + self.name)
        return "loud"


@macro
def fields(x, y, width):
    return f"[{x}|{y!r:>{width}}|{x!s}|{width:03d}]" f"{y!a}" "tail {}" f"{{}}"


@macro
def debug(x, n):
    return f"{x = } {x=!s} {n=} {n = :>4}"


@macro
def known(n):
    return f"{n:>{n}}{n!r}{'a' f'{n}'}" + f"{[n, n]}" + f""


@macro
def containers(x):
    return f"{[x, 1]}{(x,)!r}{ {'k': x} }"


@macro
def alone(x):
    return f"{x}"


@macro
def lines(x, n):
    return f"""first {x}
\tsecond \N{BULLET} {n} \ud83d"""


a, b = Loud("a"), Loud("b")
print(fields(a, b, 6), log)
log.clear()
print(debug(a, 7), log)
log.clear()
print(known(3), containers(log), alone(b), log)
print(ascii(lines(b, 2)))
