"""Functions that remember their results."""
from cython.meta import DOUBLESTARPARAM, error, gensym, macro, quote, uneval


@macro
def memoize(fn):
    """Lets the function work out its result once for the same arguments."""
    f = uneval(fn)
    for parameter in f.parameters:
        if parameter.op == DOUBLESTARPARAM:
            error(parameter, "arguments of any name can't be remembered")

    inner = f.copy()
    inner.name = gensym(f.name)
    inner.docstring = None
    names = [p.variable for p in f.parameters if p.name]
    key = names[0] if len(names) == 1 else uneval((*names,))

    with quote as table:
        seen = {}
    with quote as remembered:
        if key not in seen:
            seen[key] = inner.variable(*f.arguments)
        return seen[key]
    f.body = [remembered]
    return [table, inner, f]
