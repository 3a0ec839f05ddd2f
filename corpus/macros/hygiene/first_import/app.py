# Two imports of one module: what an expansion needs comes with the one that has been done.
from uneval.meta import unroll


@unroll
def first(x):
    return None


from pkg_util import trace

first(trace("here"))
import pkg_util as also

print(also.__name__)
