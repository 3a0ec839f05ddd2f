# Stars in calls and displays, of what is known and what isn't.
from cython.meta import macro

log = []


def say(value):
    log.append(value)
    return value


def f(*args, **kwargs):
    return args, kwargs


@macro
def calls(args, kwargs):
    return (
        f(*args), f(1, *args, 2, **kwargs), f(k=say(1), *args, **{"l": 2}), f(*[1, 2], *args),
        max(*args), "{} {}".format(*args), f(*[3, 4], **{"m": 5}),
    )


@macro
def displays(args, kwargs):
    return [*args, 1], (*args, 2), {*args, 3}, {**kwargs, "k": 1}, {"k": 1, **kwargs}, [*[1], args]


@macro
def hashed(x):
    return {x, 1}, {x: 1}, {1: x}, {**{"a": 1}, "b": x}["b"], {1, *[2, 3]}, {"a": x, **{"a": 2}}


@macro
def known(*args, **kwargs):
    def helper(a, *rest, k=0, **more):
        return a, rest, k, more

    return helper(*args, **kwargs), helper(*"ab"), max(*[1, 2]), [*args], {**kwargs}


numbers, names = [7, 8], {"z": 9}
print(calls(numbers, names), log)
print(calls(say([7, 8]), {"z": say(9)}), log)
print(displays(say([1, 2]), say({"k": 5})))
print(hashed(say(4)), known(1, log, k=2, z=log))
