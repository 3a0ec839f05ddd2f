# A run-time value binds as its code, however one macro hands it to another.
from cython.meta import VALUE, codenode, macro, op, unroll, uneval


@macro
def deriv(x, var):
    node, by = uneval(x), uneval(var)
    if node == by:
        return 1
    if by.name not in node.free_vars():
        return 0
    left, right = node.args
    if node.op == op.PLUS:
        return deriv(left, by) + deriv(right, by)
    return deriv(left, by) * uneval(right) + uneval(left) * deriv(right, by)


@macro
def reads(x, v):
    return codenode(VALUE, [uneval(v).name in uneval(x).free_vars()])


@macro
def forms(x):
    return codenode(VALUE, [str(uneval(x).op)])


@macro
def direct(z):
    return reads(3 * z, z), deriv(3 * z, z), deriv(z * z, z)


@macro
def held(z):
    box = {"x": 3 * z * z}
    parts = [box["x"] + z]
    return deriv(parts[0], z), forms(parts[0])


@macro
def quoted(z):
    return uneval(deriv(3 * z, z) + z)


@macro
def called(f):
    z = f()                    # is called once
    return deriv(3 * z * z, z)


@macro
def augmented(z):
    y = z * z
    y += z
    return deriv(y, z), forms(y), y


@unroll
def slope(z):
    return deriv(3 * z, z)


@macro
def stored(z, a):
    y = a[0] * z
    a[0] = 7
    return deriv(y * z, z)     # a[0] is what it was


@unroll
def repeated(z, n):
    total = 0
    for i in range(n):
        total = total + deriv(z * z * i, z)
    return total


def use(z, a):
    print(direct(z), held(z), quoted(z), augmented(z), slope(z))
    print(stored(z, a), a)


def loops(z, n):
    return repeated(z, n)


calls = 0


def count():
    global calls
    calls += 1
    return calls


def call():
    return called(count)


use(2, [5])
print(loops(2, 3))
print(call(), calls)
