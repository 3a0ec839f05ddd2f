# A statement whose op is changed is printed as what it is now, in a file that wrote it otherwise.
import asyncio

from cython.meta import macro, uneval, codenode, op


@macro
def asynchronous(function):
    tree = uneval(function)
    tree.op = op.ASYNCDEF
    return tree


@macro
def awaiting(function):
    "Each `for`, `with` and comprehension becomes the one that awaits."
    changed = {op.DEF: op.ASYNCDEF, op.FOR: op.ASYNCFOR, op.WITH: op.ASYNCWITH,
               op.FORCLAUSE: op.ASYNCFORCLAUSE}

    def other(node):
        node.op = changed.get(node.op, node.op)
    return uneval(function).replace(other)


@macro
def grouped(function):
    "Each `try` becomes one of exception groups, and each of those a plain one."
    changed = {op.TRY: op.TRYSTAR, op.TRYSTAR: op.TRY, op.NONLOCAL: op.GLOBAL}
    tree = uneval(function)
    for node in tree.walk():
        node.op = changed.get(node.op, node.op)
    return tree


@macro
def read_back(function):
    tree = uneval(function)
    tree.op = op.ASYNCDEF
    return codenode.from_json(tree.json())


@macro
def chosen(function):
    "The second `if` becomes the other way of the first."
    tree = uneval(function)
    first, second, *rest = tree.body
    first.orelse = [second]
    tree.body = [first, *rest]
    return tree


class Items:
    async def __aiter__(self):
        yield 1
        yield 2

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exception):
        print("left")


@asynchronous
def go( x : int ) -> int:
    # stays
    return x


@awaiting
def through( items ):  # beside
    for  item  in items:  # each
        print(item)
    with  items  as  same:  # left at the end
        print([item  for item in same])


@grouped
def caught(raised):
    try:
        raise raised
    except ValueError  as  error:  # caught
        print("one", type(error).__name__)


@grouped
def plain(raised):
    try:
        raise raised
    except*  (ValueError, TypeError)  as error:  # caught
        print("group", type(error).__name__)


@read_back
def again( x ):
    return x


@chosen
def sign(n):
    if  n < 0:
        return "below"
    if  n > 0:  # the second
        return "above"
    return "zero"


print(asyncio.run(go(1)))
asyncio.run(through(Items()))
caught(ValueError())
plain(ValueError())
print(asyncio.run(again(2)))
print(sign(-1), sign(1), sign(0))
