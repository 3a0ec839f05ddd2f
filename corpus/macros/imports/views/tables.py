from os.path import basename

from cython.meta import comptime, embed, macro

LIMIT = comptime(2 ** 5)
PLAIN = [1, 2, 3]
LINE = comptime(embed("line.txt"))


@comptime
def squares(n):
    return [i * i for i in range(n)]


@macro
def twice(x):
    return x + x


def plain(x):
    return x + len(PLAIN) + len(basename("a/bc"))


def words():
    return LINE.split()


def uses_macro(x):
    return twice(x)
