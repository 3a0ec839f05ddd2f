# Globals of the macro's module that may change are looked up in it each time.
from rates import counted, late_one, others, tick

print(counted(1))
tick()
print(counted(1), late_one(1))
tick()
print(counted(1), late_one(1), others(7), __name__)


def inside(rates, count):
    return counted(rates + count)


print(inside(10, 20))
