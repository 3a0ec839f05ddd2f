# Errors of several kinds in one file are all reported; the macros are in another file.
from tools import choose, double

alias = double


def f(flag, x):
    first = choose(flag, x)
    second = choose(1)
    third = double(x) + choose(True, x, y=2)
    return first, second, third, choose(double(flag), x), "日本", choose(flag or x, 1)
