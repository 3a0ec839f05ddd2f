# Recursion without end: in a macro, and in what it expands to.
from cython.meta import macro, uneval, comptime


@macro
def down(n):
    return down(n + 1)


@comptime
def helper(n):
    return [helper(n)]


@macro
def helped():
    return helper(1)


@macro
def again(x):
    return uneval(again(x + 1))


print(down(0), helped(), again(1))
