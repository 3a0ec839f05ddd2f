"""`dbg`: a value, shown with its code and its line on the way."""
from cython.meta import macro, uneval


def shown(place, code, value):
    print(f"[{place}] {code} = {value!r}")
    return value


@macro
def dbg(value):
    """The value of the argument, after printing where it stands, its code and itself."""
    tree = uneval(value)
    path, line, column = tree.loc
    place, code = f"{path.rpartition('/')[2]}:{line}", str(tree)
    return uneval(shown(place, code, tree))
