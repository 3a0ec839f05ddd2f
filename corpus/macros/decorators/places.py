# Definitions and blocks in all kinds of statements; those of which nothing is left.
from cython.meta import macro, uneval, quote, comptime, unroll


@macro
def logged(fn, word="word"):
    tree = uneval(fn)
    with quote as line:
        print("logged", word)
    tree.body.insert(0, line)
    return tree


@macro
def gone(fn):
    uneval(fn)


def f():
    global g
    @logged
    def g(): return "g"


f()
try:
    @gone
    def h(): pass
except ValueError:
    @gone
    def h(): pass
else:
    @logged("else")
    def h(): pass
finally:
    @gone
    def h2(): pass
while True:
    @logged
    def w(*args: int, k=1, **kw) -> None: ...
    break


class Outer:
    @logged
    class Inner:
        @logged
        def m(self):
            class Deep:
                @logged
                async def a(self, y): return [x async for x in y]
            return Deep

    with gone():
        hidden = 1


class Only:
    """Docstring."""
    @gone
    def only(self): pass


class Only2:
    @gone
    def only(self): pass
    "no docstring"


for i in unroll(range(2)):
    @logged(comptime(i * 2))
    def r(): return i
    r()


@logged
def full(x=lambda: 1, /, *, y: "str" = (1, 2)) -> "int":
    return y




print(g(), h(), w(), Outer.Inner().m().__name__, hasattr(Outer, "hidden"))
print(Only.__doc__, Only2.__doc__, full())
