from cython.meta import comptime
L = comptime([1, 2])
