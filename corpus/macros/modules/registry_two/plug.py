from reg import register
from cython.meta import macro
@register
def helper(x): return x
@macro
def m(x): return x + 1
