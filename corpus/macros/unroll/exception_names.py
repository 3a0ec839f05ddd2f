# The name of an exception is unbound after its handler, however often it is bound again.
from cython.meta import unroll


def tick(value):
    print("tick", value)
    return value


def fails(x):
    if x:
        raise ValueError(x)
    return x


@unroll
def in_loop(xs, n):
    try:
        tick(n)
    except ValueError as error:
        raise KeyError from error
    for x in xs:
        try:
            fails(x)
        except ValueError as error:
            tick(error)
    return n


@unroll
def raising(text, x):
    try:
        text = text.decode()
    except UnicodeDecodeError as error:
        raise ValueError from error
    for char in text:
        if x:
            try:
                fails(char)
            except ValueError as error:
                raise KeyError from error
    return text


def attempt(action):
    try:
        return action()
    except Exception as error:
        return error, error.__cause__


@unroll
def twice(x, n):
    try:
        fails(x)
    except ValueError as error:
        tick(error)
    try:
        fails(n)
    except ValueError as error:
        tick((error, x))
    return n


@unroll
def joined(x, n):
    try:
        fails(x)
    except ValueError as error:
        tick(error)
    if x:
        error = n
    return n


@unroll
def nested(x, n):
    try:
        fails(n)
    except ValueError as error:
        try:
            fails(x)
        except ValueError as error:
            tick(error)
        while x:
            x = x - 1
            error = x
    return n


@unroll
def after(x, n):
    try:
        fails(x)
    except ValueError as error:
        tick(error)
    try:
        return error
    except NameError:
        return n


def f(x, xs):
    print(in_loop(xs, 1), twice(x, 0), twice(x, 2), joined(x, 3))
    print(attempt(lambda: raising(b"n", x)), attempt(lambda: raising(b"\xff", x)))
    print(nested(x, 4), nested(x, 0), after(x, 5))


f(0, [])
f(2, [0, 1])
