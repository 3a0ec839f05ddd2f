"""A large table from a few words."""
from cython.meta import comptime

small = comptime(list(range(3)))
large = comptime("a word " * 15_000)
