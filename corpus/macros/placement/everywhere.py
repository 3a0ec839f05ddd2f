# One expression in every position that an expression may stand in.
import asyncio
from cython.meta import macro


@macro
def m(x):
    return x + 1


def keep(*values, **more):
    return lambda thing: thing


log = [m(1)]
log += [m(2)]
log[m(-1):] = [m(2)]
names: m(0) = m(3)


@keep(m(1), k=m(2))
class Base:
    size = m(10)


class Derived([Base][m(-1)], metaclass=[type][m(-1)]):
    def method(self, x: m(1), y=m(2), *args: m(3), z: m(4) = m(5), **more: m(6)) -> m(7):
        return x, y, z


def statements(a):
    out = []
    if m(a) > 1:
        out.append("if")
    elif m(a):
        out.append("elif")
    while m(a) < 3:
        a += m(0)
    for i in range(m(a)):
        out.append(i)
    del out[m(-1)]
    assert m(a), m(a)
    with open(m(a)) if False else NoContext(m(a)) as target[m(-1)]:
        out.append(target)
    try:
        raise ValueError(m(a)) from KeyError(m(a))
    except (ValueError, (TypeError,)[m(-1)]) as error:
        out.append(error.args)
    match m(a):
        case int(value) if m(value) > m(a):
            out.append("guard")
        case value if m(value):
            out.append("matched")
    a, b = m(a), m(a)
    c = d = m(a)
    (e := m(a))
    global written
    written = m(a)
    return out + [a, b, c, d, e, written]


target = [None]


class NoContext:
    def __init__(self, value):
        self.value = value

    def __enter__(self):
        return self.value

    def __exit__(self, *exc):
        return False


def expressions(a, xs):
    return [
        m(a) + 1,
        1 + m(a),
        m(a) * 2,
        2 * m(a),
        2 ** m(a),
        m(a) ** 2,
        -m(a),
        not m(a),
        ~m(a),
        m(a) < 2 < m(a) < 9,
        1 < m(a),
        m(a) in xs,
        m(a) is None,
        m(a) and 1,
        0 or m(a),
        not m(a) or 2,
        m(a) if a else 0,
        1 if m(a) else 0,
        0 if not a else m(a),
        (m(a), m(a)),
        [m(a), *[m(a)]],
        {m(a), 0},
        {m(a): m(a), **{m(0): m(1)}},
        xs[m(0)],
        xs[m(0):m(1):m(0)],
        xs[m(-1)],
        (m(a),),
        m(a).real,
        m(a).bit_length(),
        max(m(a), m(1)),
        max(*[m(a), 0]),
        dict(k=m(a)),
        dict(**{"k": m(a)}),
        [m(i) for i in range(m(1)) if m(i) > m(0)],
        {m(i): m(i) for i in range(m(0))},
        {m(i) for i in xs},
        list(m(i) for i in range(m(a)) for j in range(m(i)) if m(j) if m(i)),
        (lambda v, w=m(1): m(v) + m(w))(m(a)),
        f"{m(a)} {m(a)!r:>{m(4)}}",
        (v := m(a)),
        (v := m(v)) + v,
        sum(m(i) for i in xs),
        [*map(lambda i: m(i), xs)],
        m(a),
    ]


def generator(a):
    got = yield m(a)
    yield m(a), got
    yield from [m(a)]
    x = yield (m(a))
    return m(a)


async def later(x):
    return x


async def coroutine(a):
    first = await later(m(a))
    async for i in numbers(m(a)):
        first += m(i)
    async with AsyncContext(m(a)) as value:
        first += m(value)
    return (
        m(first),
        [m(i) async for i in numbers(m(1))],
        await later(m(await later(m(a)))),
    )


async def numbers(n):
    for i in range(n):
        yield m(i)


class AsyncContext:
    def __init__(self, value):
        self.value = value

    async def __aenter__(self):
        return self.value

    async def __aexit__(self, *exc):
        return False


m(1)
if m(0): m(1); print("one line", m(2))
print(log, names, Base.size, Derived().method(1), Derived.method.__annotations__)
print(statements(1))
print(expressions(1, [1, 2, 3]))
print(list(generator(1)))
print(asyncio.run(coroutine(1)))
