# Syntax up to Python 3.14.
type Alias[T: int = int] = list[T]


def f[T, *Ts, **P](x: T, /, *args: *Ts) -> T:
    match x:
        case {"k": [1, *rest], **more} if rest: return more
        case str() | bytes() as s: return f"{s!r:>{10}} {f"{s}"}"
        case _: pass
    try:
        return (y := x)
    except* ValueError, TypeError:
        raise


class C[T]: ...


template = t"{f} and {C!r}"
lazily = lambda: (yield)
