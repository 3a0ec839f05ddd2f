# `with m(args) as x:` hands the block to a macro.
import asyncio
from cython.meta import macro, uneval, quote, codenode, VALUE


@macro
def timed(block, label):
    body = uneval(block).body
    with quote as left:
        print("before", label)
        body
        print("after", label)
    return left


@macro
def repeated(block, n):
    return [uneval(block).body for _ in range(n)]


@macro
def bound(block, value):
    tree = uneval(block)
    target = tree.target
    with quote as left:
        target = value
        tree.body
    return left


@macro
def dropped(block):
    uneval(block)


@macro
def text(block):
    return codenode(VALUE, [f"{len(uneval(block).body)} statements"])


def work(n):
    with timed("work"):
        total = 0
        # comments stay
        for i in range(n):
            if i == 3:
                break
            total += i  # beside
        else:
            return total
    with bound(n * 2) as twice:
        return total, twice


def nothing():
    with dropped():
        print("never")


def described():
    with text():
        pass
        pass


class Class:
    with repeated(2):
        print("in a class")
    with dropped():
        x = 1
    y = 2


async def later():
    with timed("async"):
        await asyncio.sleep(0)
        return 1

with repeated(3): print("one line"); print("two")
for i in range(2):
    with timed("loop"):
        if i == 0:
            continue
        print("i", i)
print(work(2), work(5), nothing(), described(), described.__doc__, hasattr(Class, "x"), Class.y)
print(asyncio.run(later()))
with timed("outer"):
    with timed("inner"):
        print("inside")
