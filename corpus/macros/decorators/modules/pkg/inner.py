from cython.meta import macro, uneval, quote
import tools

__all__ = ["noisy", "volume"]
volume = 11


@macro
def noisy(function):
    tree = uneval(function)
    with quote as line:
        print("volume", volume, len(tools.calls))
    tree.body.insert(0, line)
    return tree
