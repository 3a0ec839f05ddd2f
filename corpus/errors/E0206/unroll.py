# `unroll(…)` belongs to a `for` statement.
from cython.meta import unroll

print([x for x in unroll(range(3))])
