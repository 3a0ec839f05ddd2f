# Variables of a module, at its top level.
from cython.meta import macro, uneval


@macro
def again(x):
    return uneval(x)


@macro
def power(x, n):
    result = x
    for _ in range(n - 1):
        result = result * x
    return result


def bump():
    global counter
    counter += 1
    return counter


n = 3
x = len("four")
print(power(x, n), power(x, n - 1))
counter = 1
bump()
print(again(counter))
table = [1, 2]
first = table[0]
print(again(first))
table.append(3)
print(again(first), again(table))
n += 1
print(again(n))


class Shape:
    sides = 4
    half = again(sides) / again(n)

    def area(self):
        return again(n), again(self.sides)


print(Shape.half, Shape().area())
if x > 2:
    n = "big"
print(again(n))
del n
try:
    print(again(n))
except NameError as e:
    print(e)
