"""Globals that change after the import, each in its own way, and one that doesn't."""
from cython.meta import macro

count = 0
mode = "start"
mode = "ready"
fixed = 5
for last in range(3):
    pass
if fixed > 3:
    def chosen(x):
        return x * 10
else:
    def chosen(x):
        return x * 100


def tick():
    global count, late
    count += 1
    late = count * 2


@macro
def counted(x):
    return x + count


@macro
def late_one(x):
    return x + late


@macro
def others(x):
    return mode, last, chosen(x), fixed, __name__
