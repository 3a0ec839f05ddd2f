"""Macros of definitions and blocks for other modules."""
import math
from time import perf_counter
from cython.meta import macro, uneval, quote

LIMIT = 3
calls = []


def remember(name):
    calls.append((name, LIMIT))


@macro
def half(x):
    return uneval(x) / 2


@macro
def remembered(function):
    tree = uneval(function)
    name = tree.name
    with quote as line:
        remember(name)
    tree.body.insert(0, line)
    return tree


@macro
def timed(function, label="time"):
    tree = uneval(function)
    with quote as line:
        start = perf_counter()
        result = half(LIMIT) + math.floor(2.5)
        print(label, result, perf_counter() >= start)
    tree.body.insert(0, line)
    return tree


@macro
def helped(cls):
    tree = uneval(cls)
    with quote as method:
        @remembered
        def helped(self):
            return [LIMIT, len(calls)]
    tree.body.append(method)
    return tree


@macro
def guarded(block, label):
    body = uneval(block).body
    with quote as left:
        try:
            body
        finally:
            remember(label)
    return left
