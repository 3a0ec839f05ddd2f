# Imports of nothing but macros go, whatever their form.
from swap import first
from swap import (
    first as one,  # a reason
)
import os; from swap import first as two; import sys


def f(a):
    from swap import first as local
    return first(a, 1), one(a, 2), two(a, 3), local(a, 4)


def g(a):
    from swap import first as alone


print(f(7), os.sep in "/\\", sys.maxsize > 0, g(1))
