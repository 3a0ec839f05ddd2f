"""Functions with several definitions, of which a call picks one by its arguments' types."""
from cython.meta import (
    DEF, PARAM, RAISE, RETURN, SLASH, TUPLE, codenode, comptime, error, macro, quote, uneval,
)


@macro
def overloads(block):
    """`with overloads() as overload:` — the functions of one name that are decorated with
    `@overload` in the block are one function, which takes the first definition that fits.
    """
    b = uneval(block)
    others, functions = [], {}
    for s in b.body:
        if s.op == DEF and b.target in s.decorators:
            s.decorators.remove(b.target)
            functions.setdefault(s.name, []).append(s)
        else:
            others.append(s)
    return others + [picking(name, cases) for name, cases in functions.items()]


@comptime
def picking(name, cases):
    """One function for all definitions of a name."""
    with quote as function:
        def name(*args):
            kinds = ", ".join(type(arg).__name__ for arg in args)
            raise TypeError(f"there is no {name}({kinds})")
    args = function.parameters[0].variable
    function.body[:0] = [branch(case, args) for case in cases]
    function.docstring = next((case.docstring for case in cases if case.docstring), None)
    return function


@comptime
def branch(case, args):
    """What a definition does if its parameters fit `args`."""
    parameters = [p for p in case.parameters if p.op != SLASH]
    for p in parameters:
        if p.op != PARAM or p.default:
            error(p, "a parameter has to be plain here")
    count = len(parameters)
    test = uneval(len(args) == count)
    for i, p in enumerate(parameters):
        if p.annotation:
            test = uneval(test and isinstance(args[i], p.annotation))
    names = codenode(TUPLE, [p.variable for p in parameters])
    body = case.body
    with quote as taken:
        if test:
            if comptime(count):
                names = args
            body
            if comptime(body[-1].op not in (RAISE, RETURN)):
                return
    return taken
