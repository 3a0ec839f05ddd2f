from lib import inc


def f(x):
    return inc(x)
