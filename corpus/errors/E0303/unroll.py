# `unroll()` takes one iterable.
from cython.meta import unroll, comptime

for i in unroll(range(2), range(3)):
    print(i)
for i in unroll():
    print(i)
if comptime():
    print()
