# Words of compile time in a file without it: strings, comments, attributes, other modules.
"""from cython.meta import macro"""
import ast as cython_like

text = "from cython.meta import macro, uneval"
# from cython.meta import macro


class meta:
    macro = staticmethod(lambda f: f)


@meta.macro
def uneval(x):
    return x


print(uneval(text), f"{uneval('@macro')}")
