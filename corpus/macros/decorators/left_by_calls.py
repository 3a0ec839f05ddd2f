# A call leaves definitions and blocks for other macros to take.
from cython.meta import macro, uneval, quote

@macro
def logged(fn, word):
    tree = uneval(fn)
    with quote as line:
        print("logged", word)
    tree.body.insert(0, line)
    return tree

@macro
def twice(block):
    return [uneval(block).body] * 2

@macro
def define(name):
    n = uneval(name).name
    with quote as tree:
        @logged("first")
        @logged("second")
        def n(x):
            with twice():
                print("body", x)
    tree.eval()

def deco(f): return f
define(hello)
hello(1)
if True:
    define(other)
    define(third)
def inside():
    define(fourth)
    fourth(3)
inside()
