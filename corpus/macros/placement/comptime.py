# `comptime(…)` in every kind of place, in files without macros.
import cython.meta
from cython.meta import comptime as now


@(now(True) and (lambda f: f))
def f(x=now(1 + 1), *, y: now("text".upper()) = now([1, 2])):
    if x == now(2 ** 8):
        return now(-1) ** 2
    return [x * now(3 - 5), now("a" * 3), {now("k"): now((1,))}, f"{now(1 + 1):>{now(2 + 2)}}", y]


class C:
    size = cython.meta.comptime(len("four"))


print(f(), f(256), C.size, now(sorted({3, 1, 2})), now({i: chr(i + 65) for i in range(3)}))
