# In a circle of imports what comes after the macro is looked up late.
from lib import m

VALUE = 1


def f(x):
    return m(x)


if __name__ == "__main__":
    print(f(3))
