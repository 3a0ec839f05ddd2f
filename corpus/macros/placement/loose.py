# An expansion that binds loosely, in every place that asks for parentheses or not.
from contextlib import nullcontext

from cython.meta import macro, uneval


@macro
def lam(x):
    return uneval(lambda: x)


@macro
def choice(x):  # uneval: ignore[W0310]
    return uneval(x if x else -x)


@macro
def pair(x):
    return uneval((x, x))


@macro
def both(x):
    return uneval(x and not x)


@macro
def generated(x):
    return uneval(i for i in (x,))


def f(a, xs):
    first = lam(a)
    second, third = choice(a), (choice(a))
    fourth = pair(a)
    for item in pair(a):
        xs[pair(a)] = both(a)
    xs[choice(a) : choice(a), lam(a)]
    assert both(a) or 1, lam(a)
    return [
        lam(a)(),
        (lam(a)).__name__,
        choice(a) + choice(a),
        choice(a) * 2,
        -choice(a),
        not both(a),
        choice(a) if choice(a) else choice(a),
        lam(a) if lam(a) else lam(a),
        both(a) and both(a),
        both(a) or both(a),
        both(a) == both(a),
        pair(a)[0],
        [*pair(a)],
        {**dict([pair(a)])},
        choice(a) ** choice(a),
        f"{lam(a)}"[:3],
        f"{choice(a)}",
        f"{pair(a)}",
        xs[choice(a)],
        [i for i in pair(a) if choice(a)],
        [i for i in choice([a]) if choice(a)],
        max(choice(a), 1),
        sum(generated(a)),
        sum(generated(a), 0),
        list(generated(a)),
        dict(k=lam(a)())["k"],
        (choice(a)),
        ((choice(a))),
        (choice)(a),
        lambda: choice(a),
        (lambda v=choice(a): choice(v))(),
        (pair(a) for _ in pair(a)),
    ]


def g(a):
    generated(a)
    other = pair(a)
    return other, generated(a), pair(a)


def yields(a):
    yield pair(a)
    x = yield choice(a)
    yield lam(a)()
    return choice(a)


async def awaits(a):
    await choice(a)


@choice(print) if False else choice(staticmethod)
def decorated():
    pass


class C(pair(object)[0], metaclass=choice(type)):
    pass


with nullcontext(choice(open("/dev/null"))) as file, nullcontext((choice(open("/dev/null")))):
    pass
print(list(yields(2)), g(2)[0], C.__mro__ == (C, object))
