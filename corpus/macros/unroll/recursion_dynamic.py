# Recursion on what is known only at run time calls the plain function, which stays.
from cython.meta import unroll


def tick(value):
    print("tick", value)
    return value


@unroll
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


@unroll
def depth(tree, leaf):
    """How deep a tree is; `leaf` is static."""
    if tree is leaf:
        return 0
    return 1 + max(depth(tree[0], leaf), depth(tree[1], leaf))


@unroll
def gcd(a, b):
    if b == 0:
        return a
    return gcd(b, a % b)


@unroll
def walk(node, level=0):
    print("  " * level + str(node[0]))
    for child in node[1:]:
        walk(child, level + 1)


def f(n):
    print(fib(n), fib(7), fib(tick(n)))
    return depth(((None, None), None), None), depth(n and (None, None), None), gcd(n, 6), gcd(12, 18)


print(f(10))
walk(tick(("root", ("a", ("b",)), ("c",))))
print(fib.__name__, depth.__doc__)
