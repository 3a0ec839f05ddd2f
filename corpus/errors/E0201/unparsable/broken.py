from cython.meta import comptime

A = (
