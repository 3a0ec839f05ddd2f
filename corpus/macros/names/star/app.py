# A star import brings macros and functions; it stays for the functions.
from calculus import *


def f(a):
    return twice(a), plain(a), LIMIT


print(f(4))
