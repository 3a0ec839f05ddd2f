"""Derivatives by SymPy: it works at compile time, and the program needs none of it."""
from functools import reduce

from uneval.meta import (
    EXP,
    MULTIPLY,
    PLUS,
    VALUE,
    VAR,
    codenode,
    comptime,
    error,
    macro,
    uneval,
)


@comptime
def code_of(expression, variables):
    """The tree of an expression of SymPy."""
    import sympy

    def code(part):
        if isinstance(part, sympy.Symbol):
            return variables[part.name]
        if isinstance(part, sympy.Integer):
            return codenode(VALUE, [int(part)])
        if isinstance(part, sympy.Float | sympy.Rational):
            return codenode(VALUE, [float(part)])
        for kind, op in ((sympy.Add, PLUS), (sympy.Mul, MULTIPLY), (sympy.Pow, EXP)):
            if isinstance(part, kind):
                return reduce(lambda a, b: codenode(op, [a, b]), map(code, part.args))
        raise TypeError(f"no code for {part}")

    return code(expression)


@comptime
def derivative(tree, variable):
    import sympy

    names = {node.name: node for node in tree.walk() if node.op == VAR}
    expression = sympy.sympify(str(tree), {name: sympy.Symbol(name) for name in names})
    return code_of(sympy.expand(sympy.diff(expression, sympy.Symbol(variable.name))), names)


@macro
def deriv(expression, variable):
    tree, by = uneval(expression), uneval(variable)
    if by.op != VAR:
        error(by, "a derivative is by a variable")
    return derivative(tree, by).eval()
