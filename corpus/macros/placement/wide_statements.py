# Statements that don't fit on a line are broken in their parts.
from cython.meta import macro
@macro
def m(a, x):
    a["some rather long key of a dictionary"] += x.some_attribute_name(1, 2, 3) + x.other_attribute_name(4)
    del a["some rather long key of a dictionary that is even longer than the other"][x.some_attribute_name(1)]
def f(table, thing):
    m(table, thing)
