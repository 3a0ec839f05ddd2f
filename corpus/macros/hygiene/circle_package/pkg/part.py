from pkg import m


def f(x):
    return m(x)
