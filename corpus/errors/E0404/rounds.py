# A loop has no more than 10,000 rounds, and neither has one that never ends.
from itertools import count

from cython.meta import unroll

for i in unroll(range(10_001)):
    print(i)
for i in unroll(count()):
    print(i)
for i in unroll(range(70)):
    if print(i):
        break
    if print(i):
        continue
