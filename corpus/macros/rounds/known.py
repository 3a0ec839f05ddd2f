# What a round knows of its variable: macros, `comptime`, branches and inner loops see a constant.
from cython.meta import macro, unroll, comptime


@macro
def power(x, n):
    r = 1
    for _ in range(n):
        r = r * x
    return r


@unroll
def dot(xs, ys, n):
    total = 0
    for k in range(n):
        total = total + xs[k] * ys[k]
    return total


class Point:
    pass


def polynomial(x, coefficients):
    total = 0
    for i in unroll(range(4)):
        if comptime(i == 1):
            continue
        if comptime(i == 3):
            total += 1000
            break
        total += coefficients[i] * power(x, i)
    else:
        total = "never"
    return total


def table():
    rows = []
    for n, name in unroll([(1, "one"), (-2, "minus two")]):
        rows.append((comptime(n * 2), n ** 2, 2 ** n, f"{n} {name} {n:>3}", name[0], name.upper()))
        for k in unroll(range(abs(n))):
            rows.append(comptime((n, k, "x" * k)))
    return rows


def triangle(x):
    for i in unroll(range(3)):
        for j in unroll(range(i)):
            print(power(x, j), x[i] if comptime(False) else i, end=";")
    print()


def kinds():
    for value in unroll((None, True, ..., 1.5, -1, b"b", (1, ("a",)), 1j)):
        print(value, value is None, value == 1, not value, -value if comptime(value in (1.5, -1)) else "")
    for row in unroll([[1, 2], {"k": 3}, {4}]):
        print(len(row), row, sorted(row), comptime(len(row)))


print(polynomial(3, [1, 2, 3, 4]))
print(table())
triangle("abc".__len__())
kinds()
for i in unroll(range(2)):
    print(dot([1, 2, 3], [4, 5, 6], i + 1), dot([1, 2, 3], (7, 8, 9), comptime(i + 2)))
for i in unroll(range(5, 8)):
    if i % 2:
        print("odd", i.bit_length(), i.real)
    else:
        print("""even
  {}
        text""".format(i))  # its lines stay where they are
